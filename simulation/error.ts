/** The user's files or options are wrong. The message says where, by which rule and what to do. */
export class SimulationError extends Error {
  override readonly name = 'SimulationError';
}

/** Errors a caller can act on, named by what to do; the CLI maps each to an exit code. */

export type Remedy =
  /** The configuration or job file is wrong: mend it. */
  | 'invalid'
  /** No such job, slot or decision. */
  | 'notFound'
  /** Whoever asks may not, or proves it wrongly: ask somebody who may. */
  | 'notAllowed'
  /** It exists already and differs. */
  | 'conflict'
  /** A service is away: try again later. */
  | 'unavailable';

export class WattbanditError extends Error {
  override readonly name = 'WattbanditError';
  constructor(
    readonly remedy: Remedy,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

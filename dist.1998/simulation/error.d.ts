/** The user's files or options are wrong. The message says where, by which rule and what to do. */
export declare class SimulationError extends Error {
    readonly name = "SimulationError";
}
//# sourceMappingURL=error.d.ts.map
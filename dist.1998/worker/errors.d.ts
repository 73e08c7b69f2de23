/** Errors a caller can act on, named by what to do; the CLI maps each to an exit code. */
export type Remedy = 
/** The configuration or job file is wrong: mend it. */
'invalid'
/** No such job, slot or decision. */
 | 'notFound'
/** It exists already and differs. */
 | 'conflict'
/** A service is away: try again later. */
 | 'unavailable';
export declare class WattbanditError extends Error {
    readonly remedy: Remedy;
    readonly name = "WattbanditError";
    constructor(remedy: Remedy, message: string, options?: ErrorOptions);
}
//# sourceMappingURL=errors.d.ts.map
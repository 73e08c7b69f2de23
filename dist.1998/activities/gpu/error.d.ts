/** What GPU drivers throw: the kind says what a caller may do, the message what a person may do. */
/**
 * `outOfRange`, `absent`: fix the request. `forbidden`, `unsupported`: fix the host. `lost`, `unavailable`: wait, it may pass.
 */
export type GpuErrorKind = 'outOfRange' | 'absent' | 'forbidden' | 'unsupported' | 'lost' | 'unavailable';
export declare class GpuError extends Error {
    readonly kind: GpuErrorKind;
    /** ‹meaning›; ‹remedy› */
    readonly reason: string;
    readonly name = "GpuError";
    constructor(kind: GpuErrorKind, 
    /** ‹meaning›; ‹remedy› */
    reason: string, { action, cause }?: {
        readonly action?: string;
        readonly cause?: unknown;
    });
}
/** The same failure, told with what was tried. */
export declare function gpuErrorFor(action: string, cause: unknown): GpuError;
export declare function messageOf(error: unknown): string;
/** The operating system's word for a failure, such as EACCES. */
export declare function codeOf(error: unknown): unknown;
//# sourceMappingURL=error.d.ts.map
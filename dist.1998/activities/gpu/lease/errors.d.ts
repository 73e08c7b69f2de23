/** Errors of the lease, and the reading of others' errors. */
/** Another run holds the GPU: wait and try again, or go to another host. */
export declare class GpuBusy extends Error {
    readonly uuid: string;
    readonly name = "GpuBusy";
    constructor(uuid: string, holder: string);
}
/** Not by `instanceof`: errors of Node come from another realm in jest. */
export declare function codeOf(error: unknown): string | undefined;
export declare function reasonOf(error: unknown): string;
//# sourceMappingURL=errors.d.ts.map
export declare function defaultLeaseDirectory(): Promise<string>;
/** @throws if others may write there: a planted journal would set power limits with this worker's privileges */
export declare function openLeaseDirectory(given?: string): Promise<string>;
export declare function isOpenToOthers({ mode, uid }: {
    readonly mode: number;
    readonly uid: number;
}): boolean;
//# sourceMappingURL=directory.d.ts.map
/** Drivers forget power limits when the host restarts, so a journal of another boot is void. */
export declare function currentBootId(): Promise<string>;
/** When a process started, in the system's own words, only to be compared; undefined once it is gone. */
export declare function startOf(pid: number): Promise<string | undefined>;
//# sourceMappingURL=host.d.ts.map
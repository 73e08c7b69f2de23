export interface LockOptions {
    /** Told once, if it has to wait, of the process that holds the lock. */
    readonly onWait?: (pid: number) => void;
    readonly signal?: AbortSignal;
}
/** Waits while another living process, or another call in this one, holds `path`. */
export declare function withLockFile<T>(path: string, use: () => Promise<T>, { onWait, signal }?: LockOptions): Promise<T>;
//# sourceMappingURL=lockFile.d.ts.map
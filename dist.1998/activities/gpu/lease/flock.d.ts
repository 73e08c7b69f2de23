/**
 * The kernel's lock on a file. It ends with the process that took it, however that ends: no stale locks, no guessing from
 * process ids. Node has no `flock`; koffi calls libc's. (fs-ext has it too, but compiles at every install, and koffi is here
 * for NVML anyhow.)
 */
import { type FileHandle } from 'node:fs/promises';
/** The operations of flock(2) are the same on Linux and macOS. Who only looks need not write, nor leave a file. */
declare const modes: {
    readonly shared: {
        readonly operation: number;
        readonly flags: number;
    };
    readonly exclusive: {
        readonly operation: number;
        readonly flags: number;
    };
};
export type LockMode = keyof typeof modes;
/** @returns the open, locked file, or undefined while another holds it. Closing the file gives the lock back. */
export declare function tryLock(path: string, mode?: LockMode): Promise<FileHandle | undefined>;
/** Not at once refused: a look at the lock, or a sentinel that puts the limit back, takes it for a moment. */
export declare function lockSoon(path: string): Promise<FileHandle | undefined>;
/** Whether the lock was granted; throws what is neither yes nor no. */
export type Flock = (descriptor: number, operation: number) => boolean;
/** Called early by who must not depend on files any more when it counts: an upgrade replaces them. */
export declare function loadFlock(): Promise<Flock>;
export {};
//# sourceMappingURL=flock.d.ts.map
/** What the operating system knows of a process that may belong to somebody else. */
import { execFile } from 'node:child_process';
export declare const run: typeof execFile.__promisify__;
/** What a program that {@link run} saw fail said of it, line by line; without a word from it, why it did not run. */
export declare function complaint(error: unknown): string[];
/** Whether a process exists and has not ended; one that nobody reaped (a zombie) has ended. */
export declare function isAlive(pid: number): Promise<boolean>;
/** Whether `pid` is alive and its command line names `argument`: process ids are given out again. */
export declare function isRunning(pid: number, argument: string): Promise<boolean>;
/** Asks the process to end, insists after ten seconds, and returns when it has. */
export declare function stopProcess(pid: number, first?: NodeJS.Signals): Promise<void>;
//# sourceMappingURL=processes.d.ts.map
/** A random value that only the processes of one start of a run have in their environment. */
export declare const tokenVariable = "WATTBANDIT_RUN_TOKEN";
export interface ProcessIdentity {
    readonly pid: number;
    /** When it began, in the system's own words: process ids are given out again, together with this they are unique. */
    readonly birth: string;
}
export interface RunIdentity {
    readonly token: string;
    /** The process that was started, which leads its own group; null if nobody noted it down. */
    readonly leader: ProcessIdentity | null;
}
interface Listed extends ProcessIdentity {
    readonly group: number;
    readonly marked: boolean;
}
export declare function identityOf(pid: number): Promise<ProcessIdentity | undefined>;
export declare function membersOf({ token, leader }: RunIdentity): Promise<readonly number[]>;
/**
 * Asks the leader to end; when it has, asks whoever is left (a shell does not pass signals on); kills what is there after
 * `graceSeconds`. Not all at once: data loaders that die before their trainer make it fail instead of saving.
 * @throws Error naming the processes that do not die
 */
export declare function endProcesses(run: RunIdentity, graceSeconds: number): Promise<void>;
/** For `ps -A -E -ww -o pid=,pgid=,stat=,lstart=,command=` as on macOS, where the environment follows the command. */
export declare function parsePs(text: string, mark: string): readonly Listed[];
export {};
//# sourceMappingURL=processTable.d.ts.map
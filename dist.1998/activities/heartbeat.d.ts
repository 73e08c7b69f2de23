export declare function whileBeating<T>(details: () => unknown, work: () => Promise<T>): Promise<T>;
/**
 * Runs `work` with a signal that is aborted once the server has been out of reach for so long that it takes this attempt for
 * dead: an activity is not told so, for its cancellation would come from there too.
 */
export declare function whileServerReachable<T>(work: (lost: AbortSignal) => Promise<T>): Promise<T>;
//# sourceMappingURL=heartbeat.d.ts.map
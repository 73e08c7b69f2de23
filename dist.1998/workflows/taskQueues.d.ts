export declare const claimsQueue: (taskQueue: string) => string;
export declare const hostQueue: (taskQueue: string, host: string) => string;
/** The queue of the workflows that a claim came from. */
export declare const queueOfClaims: (queue: string) => string;
//# sourceMappingURL=taskQueues.d.ts.map
/** Of other names only DNS knows where they lead, and it may change its mind; `0`, `127.1` and their like count as names. */
export declare function isLoopback(host: string): boolean;
//# sourceMappingURL=loopback.d.ts.map
/** How the operating system refused, as `ENOENT`. Not by `instanceof`: errors of Node come from another realm in jest. */
export declare function errnoOf(error: unknown): string | undefined;
export declare function isErrno(error: unknown, code: string): boolean;
//# sourceMappingURL=errno.d.ts.map
export interface Finding {
    readonly check: string;
    readonly state: 'pass' | 'warn' | 'fail';
    readonly detail: string;
    /** What to do about it; null where nothing is to be done. */
    readonly fix: string | null;
}
export declare const pass: (check: string, detail: string) => Finding;
export declare const warn: (check: string, detail: string, fix: string) => Finding;
export declare const fail: (check: string, detail: string, fix: string) => Finding;
/** What needs no server. */
export declare function localChecks(): Promise<readonly Finding[]>;
//# sourceMappingURL=checks.d.ts.map
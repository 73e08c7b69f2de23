export declare const exitCodes: {
    readonly done: 0;
    readonly unforeseen: 1;
    readonly usage: 2;
    readonly invalid: 3;
    readonly notFound: 4;
    readonly notAllowed: 5;
    readonly unavailable: 6;
    readonly timedOut: 7;
    readonly checkFailed: 8;
    readonly conflict: 9;
    readonly interrupted: 130;
};
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
export interface Failure {
    readonly code: ExitCode;
    /** Empty where it was said already. */
    readonly message: string;
}
export declare function failureOf(error: unknown): Failure;
//# sourceMappingURL=failures.d.ts.map
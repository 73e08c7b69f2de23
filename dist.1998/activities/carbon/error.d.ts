/** What sources throw: the kind says what a caller may do, the message what a person may do. Neither holds a secret. */
/**
 * `invalid`, `unsupported`: fix the request. `forbidden`: fix the credentials or the plan. `unavailable`: wait. `unusable`: it
 * answered with something that no decision may rest on; wait.
 */
export type SourceErrorKind = 'invalid' | 'unsupported' | 'forbidden' | 'unavailable' | 'unusable';
export interface SourceErrorDetails {
    readonly action?: string | undefined;
    /** Of HTTP. */
    readonly status?: number | undefined;
    /** How long the provider asks to be left alone. */
    readonly retryAfterSeconds?: number | undefined;
}
/** Without a `cause`: what Node's fetch throws may quote headers, and a history would keep it. */
export declare class SourceError extends Error {
    readonly kind: SourceErrorKind;
    /** ‹meaning›; ‹remedy› */
    readonly reason: string;
    readonly name = "SourceError";
    readonly status: number | undefined;
    readonly retryAfterSeconds: number | undefined;
    constructor(kind: SourceErrorKind, 
    /** ‹meaning›; ‹remedy› */
    reason: string, { action, status, retryAfterSeconds }?: SourceErrorDetails);
}
/** The same failure, told with what was tried. Of an error that is not a source's own nothing but its name is told. */
export declare function sourceErrorFor(action: string, error: unknown): SourceError;
export declare function mayPass({ kind }: SourceError): boolean;
//# sourceMappingURL=error.d.ts.map
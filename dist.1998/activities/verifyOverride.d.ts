import type { ClearRequest, OverrideRequest } from '../workflows/messages';
import { type TokenVerifierOptions } from './overrideToken';
/** Whom a worker believes. */
export interface OverrideRules {
    /** Keys that signed overrides are verified with. */
    readonly tokens?: TokenVerifierOptions;
    /** Also believes who proves nothing; for places where whoever reaches Temporal may do everything anyway. */
    readonly allowUnsigned?: boolean;
}
/** Names a request without telling it: it may hold a token. */
export declare function requestDigest(request: unknown): string;
/** What the audit needs of a verdict, since history does not say what a local activity was asked. */
interface Judged {
    /** {@link requestDigest} of the request. Absent from verdicts of version 0.1, as is `id`. */
    readonly of?: string;
    /** For an override that has none of its own. */
    readonly id?: string;
}
export type OverrideVerdict = Judged & ({
    readonly ok: true;
    readonly who: string;
    readonly signed: boolean;
    /** What the token says; the request's own reason where there is none. */
    readonly reason: string;
    /** To be remembered, so that it is not used twice. */
    readonly token?: {
        readonly jti: string;
        readonly until: string;
    };
} | {
    readonly ok: false;
    readonly who: string | null;
    readonly why: string;
});
export declare function createVerifyActivities({ tokens, allowUnsigned }?: OverrideRules): {
    /** What is signed is the order with its duration: nothing else has an effect. */
    verifyOverride(job: string, request: OverrideRequest): Promise<OverrideVerdict>;
    /** Whoever may resume may clear. */
    verifyClear(job: string, request: ClearRequest): Promise<OverrideVerdict>;
};
export type VerifyActivities = ReturnType<typeof createVerifyActivities>;
export {};
//# sourceMappingURL=verifyOverride.d.ts.map
import { type KeySetSource } from './keySet';
import { type Refusal } from './overrideRefusal';
import { type Role } from './overrideRoles';
export interface OverrideRequest {
    readonly job: string;
    readonly kind: string;
    /** All that the override does, its duration too: what is not in here is not signed. */
    readonly value: unknown;
}
export interface Accepted {
    readonly ok: true;
    readonly who: string;
    readonly role: Role;
    readonly jti: string;
    readonly reason: string;
    /** From then on the token is refused anyway, so its `jti` may be forgotten. */
    readonly expiresAt: string;
}
export type Verdict = Accepted | Refusal;
export interface TokenVerifierOptions {
    readonly jwks: KeySetSource;
    readonly issuer?: string;
    readonly audience?: string;
    readonly clock?: () => Date;
}
/** @throws KeySetUnavailable where the keys cannot be had: nothing is decided yet, so try again */
export type TokenVerifier = (token: string, request: OverrideRequest) => Promise<Verdict>;
/** Asymmetric ones alone: a public key must never do as a shared secret. */
export declare const allowedAlgorithms: string[];
/** @throws TypeError for a key set's URL that is not safe */
export declare function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier;
//# sourceMappingURL=overrideToken.d.ts.map
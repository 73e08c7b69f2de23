/** Why the token of an override is refused, as a word for programs and a sentence for people. */
declare const sentences: {
    readonly malformed: 'it is not a signed token of the compact form, or longer than 8192 characters';
    readonly algorithm: 'it is signed by another algorithm than EdDSA, ES256 or RS256';
    readonly key: 'the key set has no key, or more than one, that it may be signed with; name the key by `kid`';
    readonly signature: 'its signature is not that of the key it names';
    readonly expired: 'it has expired, or was issued more than a day ago';
    readonly notYetValid: 'it is not valid yet; compare the clocks';
    readonly issuer: 'it is not from the issuer that is expected';
    readonly audience: 'it is meant for another audience';
    readonly claims: 'it lacks one of sub, role, job, kind, value, iat, exp, jti and reason, or has one that means nothing here';
    readonly job: 'it is for another job';
    readonly kind: 'it is for another kind of override';
    readonly value: 'it is for another value';
    readonly role: 'its role may not do this';
};
export type RefusedBecause = keyof typeof sentences;
export interface Refusal {
    readonly ok: false;
    readonly why: RefusedBecause;
    /** Repeats nothing of the token. */
    readonly message: string;
    /** Null where no signature vouches for it. */
    readonly who: string | null;
}
export declare function refuse(why: RefusedBecause, who: string | null): Refusal;
/** What a verification by `jose` threw. Whatever a token brings it to throw is the token's fault. */
export declare function refusalFor(error: unknown): Refusal;
/** Of claims whose signature is good: `jose` looks at them only then. */
export declare function subjectOf(claims: unknown): string | null;
export {};
//# sourceMappingURL=overrideRefusal.d.ts.map
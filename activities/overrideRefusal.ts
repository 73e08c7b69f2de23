/** Why the token of an override is refused, as a word for programs and a sentence for people. */

const sentences = {
  sealed: 'it is encrypted, and no key of this worker (overrides.tokens.sealKeys) opens it',
  malformed: 'it is not a signed token of the compact form, or longer than 8192 characters',
  algorithm: 'it is signed by another algorithm than EdDSA, ES256 or RS256',
  key: 'the key set has no key, or more than one, that it may be signed with; name the key by `kid`',
  signature: 'its signature is not that of the key it names',
  expired: 'it has expired, or was issued more than a day ago',
  notYetValid: 'it is not valid yet; compare the clocks',
  issuer: 'it is not from the issuer that is expected',
  audience: 'it is meant for another audience',
  claims: 'it lacks one of sub, role, job, kind, value, iat, exp, jti and reason, or has one that means nothing here',
  job: 'it is for another job',
  kind: 'it is for another kind of override',
  value: 'it is for another value',
  role: 'its role may not do this',
} as const;

export type RefusedBecause = keyof typeof sentences;

export interface Refusal {
  readonly ok: false;
  readonly why: RefusedBecause;
  /** Repeats nothing of the token. */
  readonly message: string;
  /** Null where no signature vouches for it. */
  readonly who: string | null;
}

export function refuse(why: RefusedBecause, who: string | null): Refusal {
  return { ok: false, why, message: `Cannot accept the token of this override: ${sentences[why]}.`, who };
}

const byCode: Readonly<Record<string, RefusedBecause>> = {
  ERR_JOSE_ALG_NOT_ALLOWED: 'algorithm',
  ERR_JWKS_NO_MATCHING_KEY: 'key',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'key',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature',
  ERR_JWT_EXPIRED: 'expired',
};

/** Of the claims that `jose` checks itself: which, and what is wrong with it. */
const byClaim: Readonly<Record<string, RefusedBecause>> = {
  'iss missing': 'issuer',
  'iss check_failed': 'issuer',
  'aud missing': 'audience',
  'aud check_failed': 'audience',
  'nbf check_failed': 'notYetValid',
  'iat check_failed': 'notYetValid',
};

/** What a verification by `jose` threw. Whatever a token brings it to throw is the token's fault. */
export function refusalFor(error: unknown): Refusal {
  const who = subjectOf(memberOf(error, 'payload'));
  const code = textOf(error, 'code');
  if (code !== 'ERR_JWT_CLAIM_VALIDATION_FAILED') return refuse(byCode[code] ?? 'malformed', who);
  return refuse(byClaim[`${textOf(error, 'claim')} ${textOf(error, 'reason')}`] ?? 'claims', who);
}

/** Of claims whose signature is good: `jose` looks at them only then. */
export function subjectOf(claims: unknown): string | null {
  return textOf(claims, 'sub').slice(0, 256) || null;
}

function textOf(value: unknown, name: string): string {
  const member = memberOf(value, name);
  return typeof member === 'string' ? member : '';
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

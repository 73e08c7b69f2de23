/**
 * Who says so? Verifies the signed token of an override. The verdict is a value: in history it is what was known when the override
 * came. Whether a token was used before is not known here; a verdict has the `jti` to remember, and until when.
 */
import type { JWTPayload } from 'jose';
import type { KeyObject } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type KeySetSource, KeySetUnavailable, createKeySet } from './keySet';
import { type Refusal, refusalFor, refuse, subjectOf } from './overrideRefusal';
import { type Role, isOverrideKind, mayAct, roleFor, roles } from './overrideRoles';
import { isSealed, openToken } from './sealedToken';

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
  /** Private ones, for tokens that are encrypted on their way. */
  readonly sealKeys?: readonly KeyObject[];
  readonly clock?: () => Date;
}

/** @throws KeySetUnavailable where the keys cannot be had: nothing is decided yet, so try again */
export type TokenVerifier = (token: string, request: OverrideRequest) => Promise<Verdict>;

/** Asymmetric ones alone: a public key must never do as a shared secret. */
export const allowedAlgorithms = ['EdDSA', 'ES256', 'RS256'];
const maxTokenCharacters = 8192;
const maxSealedCharacters = 12_288;
/** A token is made for one override and used at once; so those to be remembered are a day's. */
const longestLifeSeconds = 86_400;
/** What clocks may differ by. */
const toleranceSeconds = 30;

const text = (longest: number) => z.string().min(1).max(longest);
const claimsSchema = z.object({
  sub: text(256),
  role: z.enum(roles),
  job: text(256),
  kind: text(64).refine(isOverrideKind),
  value: z.unknown(),
  iat: z.number(),
  exp: z.number(),
  jti: text(128),
  reason: text(1000),
});
type Claims = z.output<typeof claimsSchema>;

/** @throws TypeError for a key set's URL that is not safe */
export function createTokenVerifier(options: TokenVerifierOptions): TokenVerifier {
  const { jwks, issuer, audience, sealKeys = [], clock = () => new Date() } = options;
  const keySet = createKeySet(jwks);
  return async (given, request) => {
    if (given.length > maxSealedCharacters) return refuse('malformed', null);
    const token = isSealed(given) ? await openToken(given, sealKeys) : given;
    if (token === undefined) return refuse('sealed', null);
    if (token.length > maxTokenCharacters) return refuse('malformed', null);
    try {
      const { jwtVerify } = await import('jose');
      const { payload } = await jwtVerify(token, keySet, {
        algorithms: allowedAlgorithms,
        requiredClaims: Object.keys(claimsSchema.shape),
        maxTokenAge: longestLifeSeconds,
        clockTolerance: toleranceSeconds,
        currentDate: clock(),
        issuer,
        audience,
      });
      return judge(payload, request);
    } catch (error) {
      if (error instanceof KeySetUnavailable) throw error;
      return refusalFor(error);
    }
  };
}

/** The signature is good: does its owner say this, of this job, and may they? */
function judge(payload: JWTPayload, { job, kind, value }: OverrideRequest): Verdict {
  const parsed = claimsSchema.safeParse(payload);
  if (!parsed.success) return refuse('claims', subjectOf(payload));
  const claims = parsed.data;
  if (claims.job !== job) return refuse('job', claims.sub);
  if (claims.kind !== kind) return refuse('kind', claims.sub);
  if (!isDeepStrictEqual(onTheWire(claims.value), onTheWire(value))) return refuse('value', claims.sub);
  if (!mayAct(claims.role, roleFor(claims.kind, claims.value))) return refuse('role', claims.sub);
  return accept(claims);
}

function accept({ sub, role, jti, reason, iat, exp }: Claims): Accepted {
  const untilSeconds = Math.min(exp, iat + longestLifeSeconds) + toleranceSeconds;
  return { ok: true, who: sub, role, jti, reason, expiresAt: new Date(untilSeconds * 1000).toISOString() };
}

/** As JSON brings it to the other side, where an absent member and an undefined one are the same. */
function onTheWire(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null));
}

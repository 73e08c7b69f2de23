/** Who says so, and may they? A local activity of the bandit, so that what was known then lies in history. */
import { createHash, randomUUID } from 'node:crypto';
import type { ClearRequest, OverrideRequest } from '../workflows/messages';
import { type TokenVerifierOptions, createTokenVerifier } from './overrideToken';

/** Whom a worker believes. */
export interface OverrideRules {
  /** Keys that signed overrides are verified with. */
  readonly tokens?: TokenVerifierOptions;
  /** Also believes who proves nothing; for places where whoever reaches Temporal may do everything anyway. */
  readonly allowUnsigned?: boolean;
}

/** Names a request without telling it: it may hold a token. */
export function requestDigest(request: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(request ?? null))
    .digest('hex');
}

/** What the audit needs of a verdict, since history does not say what a local activity was asked. */
interface Judged {
  /** {@link requestDigest} of the request. Absent from verdicts of version 0.1, as is `id`. */
  readonly of?: string;
  /** For an override that has none of its own. */
  readonly id?: string;
}

export type OverrideVerdict = Judged &
  (
    | {
        readonly ok: true;
        readonly who: string;
        readonly signed: boolean;
        /** What the token says; the request's own reason where there is none. */
        readonly reason: string;
        /** To be remembered, so that it is not used twice. */
        readonly token?: { readonly jti: string; readonly until: string };
      }
    | { readonly ok: false; readonly who: string | null; readonly why: string }
  );

const nobody = 'unknown';
const unsignedWhy =
  'it is not signed, and this worker believes signed overrides only; sign it, or set overrides.allowUnsigned in the worker’s configuration';
const unverifiableWhy =
  'it is signed, but this worker knows no keys to verify it with; set overrides.tokens in the worker’s configuration';

export function createVerifyActivities({ tokens, allowUnsigned = false }: OverrideRules = {}) {
  const verify = tokens === undefined ? undefined : createTokenVerifier(tokens);
  const judge = async (job: string, kind: string, value: object, request: ClearRequest): Promise<OverrideVerdict> => {
    const { token, who = nobody, reason } = request;
    if (token === undefined)
      return allowUnsigned ? { ok: true, who, signed: false, reason } : { ok: false, who, why: unsignedWhy };
    if (verify === undefined) return { ok: false, who: null, why: unverifiableWhy };
    const verdict = await verify(token, { job, kind, value });
    if (!verdict.ok) return { ok: false, who: verdict.who, why: verdict.message };
    const { jti, expiresAt: until } = verdict;
    return { ok: true, who: verdict.who, signed: true, reason: verdict.reason, token: { jti, until } };
  };
  const judged = async (job: string, kind: string, value: object, request: ClearRequest): Promise<OverrideVerdict> => ({
    ...(await judge(job, kind, value, request)),
    of: requestDigest(request),
    id: randomUUID(),
  });
  return {
    /** What is signed is the order with its duration: nothing else has an effect. */
    async verifyOverride(job: string, request: OverrideRequest): Promise<OverrideVerdict> {
      const { kind, ...value } = request.order;
      return judged(job, kind, request.seconds === undefined ? value : { ...value, seconds: request.seconds }, request);
    },

    /** Whoever may resume may clear. */
    async verifyClear(job: string, request: ClearRequest): Promise<OverrideVerdict> {
      return judged(job, 'resume', request.id === undefined ? {} : { id: request.id }, request);
    },
  };
}

export type VerifyActivities = ReturnType<typeof createVerifyActivities>;

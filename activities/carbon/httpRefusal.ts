/** What a provider means by another status than 200, and how long it wants to be left alone. */
import { z } from 'zod';
import { jsonOf } from '../json';
import { SourceError, type SourceErrorKind } from './error';
import { secondsOf } from './gridSlots';

export interface Refusal {
  readonly response: Response;
  readonly text: string;
  /** Takes secrets out. */
  readonly clean: (words: string) => string;
  readonly now: Date;
}

export function refusalFor({ response, text, clean, now }: Refusal): SourceError {
  const { status, headers } = response;
  const words = clean(wordsIn(text)).slice(0, 200);
  const [kind, remedy] = meaningOf(status);
  const quoted = words === '' ? '' : ` (${words})`;
  return new SourceError(kind, `it answers with status ${status}${quoted}; ${remedy}`, {
    status,
    retryAfterSeconds: retryAfterSeconds(headers.get('retry-after'), now),
  });
}

function meaningOf(status: number): readonly [SourceErrorKind, string] {
  if (status < 300) return ['unusable', 'it has nothing to say of this now'];
  if (status < 400) return ['invalid', 'redirects are not followed; give the final address as baseUrl'];
  if (status === 401) return ['forbidden', 'check the credentials, and that they are for this zone'];
  if (status === 402 || status === 403) return ['forbidden', 'check the credentials, and that the plan includes this'];
  if (status === 408 || status === 425) return ['unavailable', 'it may pass'];
  if (status === 429) return ['unavailable', 'it was asked too often'];
  if (status < 500) return ['invalid', 'check zone and baseUrl'];
  return ['unavailable', 'it may pass'];
}

const sentence = z.string().min(1);
/** The forms seen: `{error}`, `{message}`, `{error:{message}}`, problem details. */
const refusal = z.union([
  z.object({ error: z.object({ message: sentence }) }).transform(({ error }) => error.message),
  z.object({ error: sentence }).transform(({ error }) => error),
  z.object({ message: sentence }).transform(({ message }) => message),
  z.object({ detail: sentence }).transform(({ detail }) => detail),
  z.object({ title: sentence }).transform(({ title }) => title),
]);

/** Of JSON only: pages of proxies say nothing to the point. */
function wordsIn(text: string): string {
  return refusal.safeParse(jsonOf(text)).data ?? '';
}

/** A day at most, so that a mistaken date does not silence a source for ever. */
const mostSeconds = 86_400;

/** Both forms of the header: seconds, and an HTTP date. */
export function retryAfterSeconds(header: string | null, now: Date): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.min(Number(text), mostSeconds);
  const seconds = /^[A-Z][a-z]{2}, .* GMT$/.test(text) ? secondsOf(text) - secondsOf(now) : Number.NaN;
  return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds), mostSeconds) : undefined;
}

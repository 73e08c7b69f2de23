/** A question to a provider over HTTP, and its answer as the schema has it. What comes back is taken to be hostile. */
import type { z } from 'zod';
import { SourceError } from './error';
import { type Clock, systemClock } from './gridSlots';
import { refusalFor } from './httpRefusal';
import { redact } from './secret';

export interface HttpOptions {
  readonly baseUrl: string;
  readonly clock?: Clock | undefined;
  /** The most that is read of an answer, unpacked. */
  readonly maxBytes?: number | undefined;
}

export interface Question<T> {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** What stands in the headers and must not be told to anybody. */
  readonly secrets?: readonly string[];
  readonly schema: z.ZodType<T>;
}

export type Ask = <T>(question: Question<T>, abort?: AbortSignal) => Promise<T>;

export function createAsk({ baseUrl, clock = systemClock, maxBytes = 4 * 1024 * 1024 }: HttpOptions): Ask {
  return async (question, abort) => {
    const { secrets = [], schema } = question;
    const response = await send(urlOf(baseUrl, question), question.headers, abort);
    const text = await textOf(response, maxBytes);
    const clean = (words: string) => redact(words, secrets);
    if (response.status !== 200) throw refusalFor({ response, text, clean, now: clock() });
    const parsed = schema.safeParse(jsonIn(response, text, clean));
    if (parsed.success) return parsed.data;
    const [{ path, message } = { path: [], message: 'no more is known' }] = parsed.error.issues;
    throw new SourceError('unusable', `its answer is not what is documented (${path.join('.')}: ${clean(message)})`);
  };
}

function urlOf(baseUrl: string, { path, query = {} }: Pick<Question<unknown>, 'path' | 'query'>): string {
  const search = new URLSearchParams(query).toString();
  return `${baseUrl.replace(/\/+$/, '')}${path}${search === '' ? '' : `?${search}`}`;
}

/** Redirects are not followed: they could carry the token, or this process, to another host. */
async function send(url: string, headers: Question<unknown>['headers'], abort?: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, {
      headers: { accept: 'application/json', ...headers },
      redirect: 'manual',
      signal: abort ?? null,
    });
  } catch (error) {
    throw unreachable(url, error);
  }
}

function unreachable(url: string, error: unknown): SourceError {
  const { host } = new URL(url);
  if (error instanceof Error && /^(Abort|Timeout)Error$/.test(error.name))
    return new SourceError('unavailable', `${host} did not answer in time`);
  return new SourceError('unavailable', `${host} cannot be reached (${codeBehind(error)})`);
}

/** fetch hides the operating system's word, such as ECONNREFUSED, in causes. */
function codeBehind(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'no reason given';
  if ('code' in error && typeof error.code === 'string' && /^[A-Z_0-9]{1,40}$/.test(error.code)) return error.code;
  return 'cause' in error ? codeBehind(error.cause) : 'no reason given';
}

async function textOf(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.length;
      // Leaving the loop hangs up.
      if (bytes > maxBytes) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw unreachable(response.url, error);
  }
  if (bytes > maxBytes) throw new SourceError('unusable', `its answer is longer than ${maxBytes} bytes`);
  return Buffer.concat(chunks).toString('utf8');
}

function jsonIn(response: Response, text: string, clean: (words: string) => string): unknown {
  const type = response.headers.get('content-type') ?? 'no type';
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) {
    throw new SourceError(
      'unusable',
      `it answers with ${clean(type).slice(0, 60)} instead of JSON; a proxy may be in between`,
    );
  }
  try {
    return JSON.parse(text, (_, value: unknown) => (typeof value === 'string' ? clean(value) : value));
  } catch {
    throw new SourceError('unusable', 'its answer is broken JSON, or cut off');
  }
}

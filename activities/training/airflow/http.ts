/** A request to Airflow over HTTP, and its answer as the schema has it. What comes back is taken to be hostile. */
import type { z } from 'zod';
import { redact } from '../../carbon/secret';
import { jsonOf } from '../../json';
import { printable } from '../printable';

export interface Request<T> {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly body?: object;
  readonly authorization?: string;
  /** What must not be told to anybody. */
  readonly secrets: readonly string[];
  readonly schema: z.ZodType<T>;
}

/** It answered, and not as hoped. */
export class AirflowRefusal extends Error {
  override readonly name = 'AirflowRefusal';
  constructor(
    readonly status: number,
    words: string,
  ) {
    super(`Airflow answers with status ${status}${words === '' ? '' : ` (${words})`}`);
  }
}

const mostBytes = 4 * 1024 * 1024;
const patienceMs = 30_000;
const longestWords = 300;

/** @throws AirflowRefusal for any other status than 2xx; a plain Error, which time may mend, for the rest */
export async function send<T>(baseUrl: string, request: Request<T>): Promise<T> {
  const { method, path, body, authorization, secrets, schema } = request;
  const clean = (words: string) => printable(redact(words, secrets)).slice(0, longestWords);
  const headers = {
    accept: 'application/json',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(authorization === undefined ? {} : { authorization }),
  };
  const { host } = new URL(baseUrl);
  const { status, text } = await exchange(`${baseUrl.replace(/\/+$/, '')}${path}`, {
    method,
    headers,
    body: body === undefined ? null : JSON.stringify(body),
  }).catch((error: unknown) => {
    // Without the cause: what fetch throws may quote headers.
    throw new Error(`Airflow at ${host} cannot be reached (${codeBehind(error)})`);
  });
  const json = jsonOf(text);
  if (status < 200 || status > 299) throw new AirflowRefusal(status, clean(wordsIn(json)));
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [{ path: where, message } = { path: [], message: 'no more is known' }] = parsed.error.issues;
  throw new Error(`Airflow at ${host} answers with what is not documented (${where.join('.')}: ${clean(message)})`);
}

/** Redirects are not followed: they could carry the token to another host. */
async function exchange(url: string, init: RequestInit) {
  const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(patienceMs) });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error(`its answer is longer than ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  return { status: response.status, text: Buffer.concat(chunks).toString('utf8') };
}

/** `detail` is a sentence, or a list of what FastAPI found wrong with the request. */
function wordsIn(json: unknown): string {
  if (typeof json !== 'object' || json === null) return '';
  const { detail, title } = { detail: undefined, title: undefined, ...json };
  if (typeof detail === 'string' && detail !== '') return detail;
  if (detail !== undefined && detail !== null) return JSON.stringify(detail);
  return typeof title === 'string' ? title : '';
}

/** fetch hides the operating system's word, such as ECONNREFUSED, in causes. */
function codeBehind(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'no reason given';
  if ('code' in error && typeof error.code === 'string' && /^[A-Z_0-9]{1,40}$/.test(error.code)) return error.code;
  if ('name' in error && error.name === 'TimeoutError') return `no answer within ${patienceMs / 1000} s`;
  return 'cause' in error ? codeBehind(error.cause) : 'no reason given';
}

/** Secrets by reference: read at the moment of use, kept nowhere, taken out of whatever is said. */
import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { SourceError } from './error';

export const secretRefSchema = z.union(
  [z.strictObject({ env: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/) }), z.strictObject({ file: z.string().min(1) })],
  { error: 'must say where the secret is, env: NAME or file: PATH, and not be the secret itself' },
);
export type SecretRef = z.output<typeof secretRefSchema>;

const maxBytes = 8192;

/**
 * One that does not go into a header is refused here, for `fetch` would quote it.
 * @throws SourceError `forbidden`
 */
export async function readSecret(ref: SecretRef, purpose: string): Promise<string> {
  const secret = ('env' in ref ? process.env[ref.env] : await contentOf(ref.file))?.trim() ?? '';
  if (secret === '') throw missing(purpose, `there is none at ${placeOf(ref)}`);
  if (/^[\x21-\x7e]+$/.test(secret)) return secret;
  throw missing(purpose, `what is at ${placeOf(ref)} has blanks, line breaks or letters that no header takes`);
}

export function placeOf(ref: SecretRef): string {
  return 'env' in ref ? `env ${ref.env}` : `file ${ref.file}`;
}

async function contentOf(file: string): Promise<string | undefined> {
  try {
    return await text(createReadStream(file, { end: maxBytes - 1 }));
  } catch {
    return undefined;
  }
}

function missing(purpose: string, fact: string): SourceError {
  return new SourceError('forbidden', `its ${purpose} is missing: ${fact}; put it there`);
}

/** Also as a provider may echo them: encoded for a URL or for HTTP Basic. */
export function redact(words: string, secrets: readonly string[]): string {
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret), base64(secret)]);
  // The longest first: one may be a part of another.
  const ordered = forms.filter((form) => form !== '').toSorted((a, b) => b.length - a.length);
  return ordered.reduce((clean, form) => clean.replaceAll(form, '[secret]'), words);
}

export function base64(secret: string): string {
  return Buffer.from(secret).toString('base64');
}

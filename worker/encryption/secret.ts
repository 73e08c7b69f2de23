/** Secrets are named, never given: what is given stands in process lists, configurations and histories. No message holds one. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { errnoOf } from '../errno';
import { WattbanditError } from '../errors';

export const secretReferenceSchema = z.union(
  [z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })],
  { error: 'must be { env: NAME } or { file: PATH }' },
);

export type SecretReference = z.output<typeof secretReferenceSchema>;

/** `what`: for messages. @throws WattbanditError `invalid` if there is none */
export async function readSecret(what: string, reference: SecretReference): Promise<string> {
  const text = 'file' in reference ? await textOf(what, reference) : process.env[reference.env];
  const secret = text?.trim();
  if (secret === undefined || secret === '') throw unusableSecret(what, reference, 'nothing is there');
  return secret;
}

async function textOf(what: string, reference: { readonly file: string }): Promise<string> {
  try {
    return await readFile(reference.file, 'utf8');
  } catch (cause) {
    throw unusableSecret(what, reference, `it cannot be read (${errnoOf(cause)}); check the path and its permissions`);
  }
}

export function unusableSecret(what: string, reference: SecretReference, fact: string): WattbanditError {
  const place = 'file' in reference ? `file ${reference.file}` : `environment variable ${reference.env}`;
  return new WattbanditError('invalid', `Cannot use ${what} from ${place}: ${fact}.`);
}

/** Encryption keys out of the places that hold them. No message of this file holds a key, or a part of one. */
import { type KeyObject, createSecretKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { WattbanditError } from '../errors';
import type { EncryptionConfig, KeyReference } from './config';

export interface EncryptionKey {
  readonly id: string;
  /** Of 256 bits. Prints as nothing but its kind. */
  readonly secret: KeyObject;
}

/** In the order of the configuration. @throws WattbanditError `invalid` if one of them is missing or is no key */
export async function loadKeys({ keys }: EncryptionConfig): Promise<readonly EncryptionKey[]> {
  return Promise.all(keys.map(async ({ id, key }) => ({ id, secret: await loadKey(id, key) })));
}

/** 32 bytes; the only base64 of them, so that a key cut short or mistyped is not taken for another one. */
const base64Key = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

async function loadKey(id: string, reference: KeyReference): Promise<KeyObject> {
  const text = await textAt(id, reference);
  const remedy = 'it must be 32 bytes in base64, as `openssl rand -base64 32` prints them';
  if (!base64Key.test(text)) throw unusable(id, reference, remedy);
  return createSecretKey(text, 'base64');
}

async function textAt(id: string, reference: KeyReference): Promise<string> {
  if ('file' in reference) {
    try {
      return (await readFile(reference.file, 'utf8')).trim();
    } catch (cause) {
      const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable';
      throw unusable(id, reference, `it cannot be read (${code}); check the path and its permissions`);
    }
  }
  const text = process.env[reference.env]?.trim();
  if (text === undefined || text === '') throw unusable(id, reference, 'it is not set');
  return text;
}

function unusable(id: string, reference: KeyReference, fact: string): WattbanditError {
  const place = 'file' in reference ? `file ${reference.file}` : `environment variable ${reference.env}`;
  return new WattbanditError('invalid', `Cannot use encryption key ${id} from ${place}: ${fact}.`);
}

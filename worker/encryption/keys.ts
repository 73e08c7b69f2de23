/** Encryption keys out of the places that hold them. */
import { type KeyObject, createSecretKey } from 'node:crypto';
import type { EncryptionConfig } from './config';
import { type SecretReference, readSecret, unusableSecret } from './secret';

export interface EncryptionKey {
  readonly id: string;
  /** Of 256 bits. Prints as nothing but its kind. */
  readonly secret: KeyObject;
}

/** In the order of the configuration. @throws WattbanditError `invalid` if one of them is missing or is no key */
export async function loadKeys({ keys }: EncryptionConfig): Promise<readonly EncryptionKey[]> {
  return Promise.all(keys.map(async ({ id, key }) => ({ id, secret: await loadKey(id, key) })));
}

/** 32 bytes, written in the one way there is, so that a key that was cut short or mistyped is not taken for another. */
const base64Key = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

async function loadKey(id: string, reference: SecretReference): Promise<KeyObject> {
  const what = `encryption key ${id}`;
  const text = await readSecret(what, reference);
  if (base64Key.test(text)) return createSecretKey(text, 'base64');
  throw unusableSecret(what, reference, 'it must be 32 bytes in base64, as `openssl rand -base64 32` prints them');
}

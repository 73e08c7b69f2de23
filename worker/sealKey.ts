/** The keys that tokens of overrides are sealed for: a private one for each worker, its public one for whoever sends tokens. */
import { type KeyObject, createPrivateKey, createPublicKey } from 'node:crypto';
import { isSealKey } from '../activities/sealedToken';
import { type SecretReference, readSecret, unusableSecret } from './encryption/secret';

const wanted =
  'it must be a P-256 key in PEM, as `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256` makes it';

/** @throws WattbanditError `invalid` if it is missing or is no such key */
export async function readSealKey(place: SecretReference, kind: 'private' | 'public'): Promise<KeyObject> {
  const what = `the ${kind} seal key of overrides`;
  const pem = await readSecret(what, place);
  const key = keyIn(pem, kind);
  if (key !== undefined && isSealKey(key)) return key;
  throw unusableSecret(what, place, wanted);
}

/** Errors of OpenSSL are left out, as they may repeat what they were given. */
function keyIn(pem: string, kind: 'private' | 'public'): KeyObject | undefined {
  try {
    return kind === 'private' ? createPrivateKey(pem) : createPublicKey(pem);
  } catch {
    return undefined;
  }
}

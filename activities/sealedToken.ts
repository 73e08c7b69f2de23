/**
 * Tokens that a worker alone can read. A message with a token lies in a history, so the token is encrypted on its way there: a nested
 * JWT (RFC 7519, section 5.2) for a P-256 key of the workers, by ECDH-ES and AES-256-GCM.
 */
import type { KeyObject } from 'node:crypto';

const algorithm = 'ECDH-ES';
const encryption = 'A256GCM';

/** A JWE in its compact form has five parts, a JWS three. */
export function isSealed(token: string): boolean {
  return token.split('.').length === 5;
}

export function isSealKey({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  return asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1';
}

export async function sealToken(token: string, publicKey: KeyObject): Promise<string> {
  const { CompactEncrypt } = await import('jose');
  return new CompactEncrypt(Buffer.from(token))
    .setProtectedHeader({ alg: algorithm, enc: encryption, cty: 'JWT' })
    .encrypt(publicKey);
}

/** By whichever of the keys opens it; undefined if none does. */
export async function openToken(sealed: string, privateKeys: readonly KeyObject[]): Promise<string | undefined> {
  const { compactDecrypt } = await import('jose');
  const allowed = { keyManagementAlgorithms: [algorithm], contentEncryptionAlgorithms: [encryption] };
  for (const key of privateKeys) {
    const opened = await compactDecrypt(sealed, key, allowed).catch(() => undefined);
    if (opened !== undefined) return Buffer.from(opened.plaintext).toString();
  }
  return undefined;
}

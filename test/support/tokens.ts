/** Tokens of overrides as an identity provider signs them, and its key set as a file or behind a URL. */
import { type JWK, SignJWT, exportJWK, generateKeyPair } from 'jose';
import { type KeyObject, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { type RequestListener, createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Signer {
  readonly jwk: JWK;
  sign(claims: object): Promise<string>;
}

export async function createSigner(alg: string, kid: string): Promise<Signer> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
  return { jwk, sign: (claims) => new SignJWT({ ...claims }).setProtectedHeader({ alg, kid }).sign(privateKey) };
}

export const tokenIssuedAt = new Date('2026-03-01T12:00:00Z');
const issuedAtSeconds = tokenIssuedAt.getTime() / 1000;

/** A good token's, for a quarter of an hour. */
export function overrideClaims(changes: object = {}): object {
  return {
    sub: 'ada',
    role: 'operator',
    job: 'cifar100',
    kind: 'eta',
    value: { eta: 0.7, seconds: 3600 },
    iat: issuedAtSeconds,
    exp: issuedAtSeconds + 900,
    jti: 'b1946ac9',
    reason: 'the deadline is near',
    ...changes,
  };
}

export function keySetFile(...signers: readonly Signer[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'wattbandit-keys-')), 'jwks.json');
  writeFileSync(file, JSON.stringify({ keys: signers.map(({ jwk }) => jwk) }));
  return file;
}

export interface SealKeys {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
  /** Of the public one, in PEM; the private one lies beside it. */
  readonly publicFile: string;
  readonly privateFile: string;
}

export function createSealKeys(namedCurve = 'P-256'): SealKeys {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
  const directory = mkdtempSync(join(tmpdir(), 'wattbandit-seal-'));
  const [publicFile, privateFile] = [join(directory, 'seal.pub'), join(directory, 'seal.pem')];
  writeFileSync(publicFile, publicKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(privateFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return { publicKey, privateKey, publicFile, privateFile };
}

/** An HTTP server on loopback while `use` runs. */
export async function whileServing<T>(answer: RequestListener, use: (origin: string) => Promise<T>): Promise<T> {
  const server = createServer(answer);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('the server has no port');
  try {
    return await use(`http://127.0.0.1:${at.port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

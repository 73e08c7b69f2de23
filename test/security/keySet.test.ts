import { mkdtempSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { exportJWK, generateKeyPair } from 'jose';
import { KeySetUnavailable, createKeySet } from '../../activities/keySet';
import { createTokenVerifier } from '../../activities/overrideToken';
import { type Signer, createSigner, overrideClaims, tokenIssuedAt, whileServing } from '../support/tokens';

const request = { job: 'cifar100', kind: 'eta', value: { eta: 0.7, seconds: 3600 } };
let signer: Signer;
let token: string;
beforeAll(async () => {
  signer = await createSigner('EdDSA', 'ed');
  token = await signer.sign(overrideClaims());
});

const verifierAt = (url: string) => createTokenVerifier({ jwks: { url }, clock: () => tokenIssuedAt });
const keySet = () => JSON.stringify({ keys: [signer.jwk] });

describe('createKeySet', () => {
  it('asks a URL once, and again for a key it has not seen only after a while', async () => {
    let requests = 0;
    const serve: RequestListener = (_request, response) => void response.end(keySet(), () => requests++);
    await whileServing(serve, async (origin) => {
      const verify = verifierAt(`${origin}/jwks`);
      for (let n = 0; n < 5; n++) expect(await verify(token, request)).toMatchObject({ ok: true, who: 'ada' });
      const unheardOf = await createSigner('EdDSA', 'unheard of');
      const unknown = await unheardOf.sign(overrideClaims());
      for (let n = 0; n < 5; n++) expect(await verify(unknown, request)).toMatchObject({ ok: false, why: 'key' });
      expect(requests).toBe(1);
    });
  });

  it('follows no redirect', async () => {
    const paths: (string | undefined)[] = [];
    const serve: RequestListener = ({ url }, response) => {
      paths.push(url);
      if (url === '/jwks') response.writeHead(302, { location: '/elsewhere' }).end();
      else response.end(keySet());
    };
    await whileServing(serve, async (origin) => {
      await expect(verifierAt(`${origin}/jwks`)(token, request)).rejects.toThrow(KeySetUnavailable);
      expect(paths).toEqual(['/jwks']);
    });
  });

  const answers: readonly (readonly [what: string, answer: RequestListener])[] = [
    ['an error', (_request, response) => void response.writeHead(500).end(keySet())],
    ['a page', (_request, response) => void response.end('<html>')],
    ['truncated JSON', (_request, response) => void response.end(keySet().slice(0, -1))],
    ['another document', (_request, response) => void response.end('{"issuer":"https://id.example"}')],
    ['keys without end', (_request, response) => void response.end(`{"keys":[${'{},'.repeat(100_000)}{}]}`)],
    ['a bomb', (_request, response) => void response.writeHead(200, gzip).end(gzipSync(Buffer.alloc(1e8)))],
    ['nothing', (_request, response) => void response.destroy()],
  ];
  const gzip = { 'content-encoding': 'gzip' };

  it.each(answers)('cannot be used, which is no verdict on the token, if a URL answers %s', async (_what, answer) => {
    await whileServing(answer, async (origin) => {
      const verdict = verifierAt(`${origin}/jwks?secret=canary`)(token, request);
      await expect(verdict).rejects.toThrow(KeySetUnavailable);
      await expect(verdict).rejects.toThrow(`Cannot use the key set at ${origin}/jwks: `);
    });
  });

  it('does not wait for ever for an answer that has begun', async () => {
    const begin: RequestListener = (_request, response) => void response.write('{"keys":');
    await whileServing(begin, async (origin) => {
      await expect(verifierAt(`${origin}/jwks`)(token, request)).rejects.toThrow('timed out');
    });
  });

  it('is there again when its URL is', async () => {
    let up = false;
    const serve: RequestListener = (_request, response) => void response.writeHead(up ? 200 : 503).end(keySet());
    await whileServing(serve, async (origin) => {
      const verify = verifierAt(origin);
      await expect(verify(token, request)).rejects.toThrow(KeySetUnavailable);
      up = true;
      expect(await verify(token, request)).toMatchObject({ ok: true });
    });
  });

  it.each([
    'http://id.example/jwks',
    'http://127.0.0.1.id.example/jwks',
    'http://localhost.id.example/jwks',
    'http://169.254.169.254/latest/meta-data',
    'http://[fe80::1]/jwks',
    'https://ada:secret@id.example/jwks',
    'file:///etc/passwd',
    'data:application/json,{"keys":[]}',
  ])('refuses %s before anything is asked', (url) => {
    expect(() => createKeySet({ url })).toThrow('Cannot take keys from');
    expect(() => createKeySet({ url })).not.toThrow('secret');
  });

  it.each(['https://id.example/jwks', 'http://localhost:8080/jwks', 'http://[::1]:8080/jwks'])('takes %s', (url) => {
    expect(() => createKeySet({ url })).not.toThrow();
  });

  it('says which file is missing, is none of JSON, or holds a private key', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'wattbandit-keys-'));
    const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: 'ed', alg: 'EdDSA' };
    writeFileSync(join(directory, 'text'), 'no JSON');
    writeFileSync(join(directory, 'private'), JSON.stringify({ keys: [jwk] }));
    for (const name of ['missing', 'text', 'private']) {
      const file = join(directory, name);
      const verdict = createTokenVerifier({ jwks: { file }, clock: () => tokenIssuedAt })(token, request);
      await expect(verdict).rejects.toThrow(`Cannot use the key set at file ${file}: `);
      await expect(verdict).rejects.not.toThrow(String(jwk.d));
    }
  });
});

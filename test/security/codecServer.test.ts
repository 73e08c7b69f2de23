import { request } from 'node:http';
import { connect } from 'node:net';
import { admitSigned, admitToken } from '../../worker/encryption/codecAccess';
import { type CodecServerOptions, startCodecServer } from '../../worker/encryption/codecServer';
import { createEncryptionCodec } from '../../worker/encryption/codec';
import { loadKeys } from '../../worker/encryption/keys';
import { testKeys } from '../support/encryption';
import { createSigner, keySetFile } from '../support/tokens';

const page = 'http://localhost:8233';
const keys = testKeys('k1');

interface Asking {
  readonly url: string;
  readonly said: readonly string[];
  /** POSTs as Temporal's UI does, unless told otherwise. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
}

async function withServer(changes: Partial<CodecServerOptions>, use: (asking: Asking) => Promise<void>): Promise<void> {
  const said: string[] = [];
  const codec = createEncryptionCodec(await loadKeys(keys.config));
  const options = { codec, admit: null, allowOrigins: [page], host: '127.0.0.1', port: 0 };
  const server = await startCodecServer({ ...options, say: (text) => said.push(text), ...changes });
  const { url } = server;
  const headers = { 'content-type': 'application/json', 'x-namespace': 'default', origin: page };
  try {
    await use({
      url,
      said,
      ask: (path, init) => fetch(`${url}${path}`, { method: 'POST', headers, body: plain, ...init }),
    });
  } finally {
    await server.close();
  }
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
/** As Temporal's own JSON writes it. */
const plain = JSON.stringify({
  payloads: [{ metadata: { encoding: base64('json/plain') }, data: base64('{"command":"canary"}') }],
});

async function encrypted(ask: Asking['ask']): Promise<string> {
  return (await ask('/encode')).text();
}

describe('startCodecServer', () => {
  it('encodes and decodes as Temporal’s UI and CLI ask for it', async () => {
    await withServer({}, async ({ ask }) => {
      const body = await encrypted(ask);
      expect(JSON.parse(body).payloads).toEqual([
        {
          metadata: { encoding: base64('binary/encrypted'), 'encryption-key-id': base64('k1') },
          data: expect.any(String),
        },
      ]);
      const decoded = await ask('/decode', { body });
      expect(decoded.headers.get('content-type')).toBe('application/json');
      expect(await decoded.json()).toEqual(JSON.parse(plain));
      expect(await (await ask('/decode')).json()).toEqual(JSON.parse(plain));
      expect(await (await ask('/decode', { body: '{}' })).json()).toEqual({ payloads: [] });
    });
  });

  it('lets the pages of the list ask, by name and never by *', async () => {
    await withServer({ allowOrigins: [page, 'https://cloud.temporal.io'] }, async ({ ask }) => {
      for (const origin of [page, 'https://cloud.temporal.io']) {
        const preflight = await ask('/decode', { method: 'OPTIONS', headers: { origin }, body: null });
        expect(preflight.status).toBe(204);
        for (const { headers } of [preflight, await ask('/decode', { headers: { origin } })]) {
          expect(headers.get('access-control-allow-origin')).toBe(origin);
          expect(headers.get('access-control-allow-headers')).toBe('Authorization, Content-Type, X-Namespace');
          expect(headers.get('access-control-allow-credentials')).toBeNull();
          expect(headers.get('vary')).toBe('Origin');
        }
      }
    });
  });

  it.each([['https://evil.example'], ['http://localhost:8233.evil.example'], ['http://localhost'], ['null'], ['*']])(
    'gives nothing to a page of %s, wherever DNS says that this server is',
    async (origin) => {
      await withServer({}, async ({ ask, said }) => {
        const body = await encrypted(ask);
        for (const method of ['POST', 'OPTIONS']) {
          const refused = await ask('/decode', { method, headers: { origin }, ...(method === 'POST' && { body }) });
          expect(refused.status).toBe(403);
          expect(refused.headers.get('access-control-allow-origin')).toBeNull();
          expect(await refused.text()).not.toContain('canary');
        }
        expect(said).toEqual([expect.stringContaining('403 POST /decode'), expect.stringContaining('403 OPTIONS')]);
      });
    },
  );

  it('admits whoever knows the token, and nobody else', async () => {
    await withServer({ admit: admitToken('open-sesame') }, async ({ ask, said }) => {
      const status = async (authorization?: string) =>
        (await ask('/decode', { headers: authorization === undefined ? {} : { authorization } })).status;
      expect(await status('Bearer open-sesame')).toBe(200);
      expect(await status('bearer open-sesame')).toBe(200);
      for (const wrong of [
        undefined,
        'Bearer',
        'Bearer open-sesam',
        'Bearer open-sesamee',
        'Basic open-sesame',
        'open-sesame',
      ])
        expect(await status(wrong)).toBe(401);
      expect(said).toHaveLength(6);
      expect(said.join('\n')).not.toContain('sesam');
    });
  });

  it('lets the page of the list see that its token is refused', async () => {
    await withServer({ admit: admitToken('token') }, async ({ ask }) => {
      const refused = await ask('/decode');
      expect(refused.status).toBe(401);
      expect(refused.headers.get('www-authenticate')).toBe('Bearer');
      expect(refused.headers.get('access-control-allow-origin')).toBe(page);
    });
  });

  it('admits tokens that the identity provider signed for it', async () => {
    const [signer, stranger] = await Promise.all([createSigner('ES256', 'k'), createSigner('ES256', 'k')]);
    const issuer = 'https://id.example';
    const admit = admitSigned({ jwks: { file: keySetFile(signer) }, audience: 'codec', issuer });
    const soon = Math.floor(Date.now() / 1000) + 600;
    const claims = { iss: issuer, aud: 'codec', exp: soon };
    await withServer({ admit }, async ({ ask }) => {
      const status = async (token: string) =>
        (await ask('/decode', { headers: { authorization: `Bearer ${token}` } })).status;
      expect(await status(await signer.sign(claims))).toBe(200);
      expect(await status(await stranger.sign(claims))).toBe(401);
      expect(await status(await signer.sign({ ...claims, aud: 'grafana' }))).toBe(401);
      expect(await status(await signer.sign({ ...claims, iss: 'https://evil.example' }))).toBe(401);
      expect(await status(await signer.sign({ ...claims, exp: soon - 1200 }))).toBe(401);
      expect(await status(await signer.sign({ ...claims, exp: undefined }))).toBe(401);
      expect(await status('canary')).toBe(401);
    });
  });

  it('says on its host, and not to whoever asks, that the key set is out of reach', async () => {
    const admit = admitSigned({ jwks: { file: '/no/such/jwks' }, audience: 'codec' });
    const token = await (await createSigner('ES256', 'k')).sign({ aud: 'codec' });
    await withServer({ admit }, async ({ ask, said }) => {
      const refused = await ask('/decode', { headers: { authorization: `Bearer ${token}` } });
      expect(refused.status).toBe(503);
      expect(await refused.text()).not.toContain('/no/such');
      expect(said[0]).toContain('Cannot use the key set at file /no/such/jwks');
    });
  });

  it.each([
    ['no JSON', 'payloads'],
    ['a list', '[]'],
    ['a payload that is text', '{"payloads":["canary"]}'],
    ['data that is no base64', '{"payloads":[{"data":"ä"}]}'],
    ['JSON a million deep', '['.repeat(1e6)],
    ['a payload of an unknown key', JSON.stringify({ payloads: [sealedWith('k9')] })],
    ['a payload that was changed', JSON.stringify({ payloads: [sealedWith('k1')] })],
  ])('refuses %s', async (_what, body) => {
    await withServer({}, async ({ ask, said }) => {
      const refused = await ask('/decode', { body });
      expect(refused.status).toBe(400);
      expect(await refused.json()).toEqual({ message: expect.stringMatching(/^Cannot /) });
      expect(said).toHaveLength(1);
    });
  });

  it('takes keys of objects for names only', async () => {
    const body = '{"__proto__":{"payloads":[]},"payloads":[{"metadata":{"__proto__":"YQ==","constructor":"YQ=="}}]}';
    await withServer({}, async ({ ask }) => {
      expect((await ask('/decode', { body })).status).toBe(200);
      expect(Object.keys({}.constructor.prototype)).toEqual([]);
    });
  });

  it.each([
    ['GET', '/decode', 405],
    ['POST', '/', 404],
    ['POST', '/decode/', 404],
    ['POST', '/decode?x', 404],
    ['POST', '/constructor', 404],
  ])('answers %s %s with %i', async (method, path, status) => {
    await withServer({}, async ({ ask }) => {
      expect((await ask(path, { method, ...(method === 'GET' && { body: null }) })).status).toBe(status);
    });
  });

  it('refuses more than 8 MiB, announced or not, and takes what Temporal can hold', async () => {
    await withServer({}, async ({ url, ask }) => {
      const of = (bytes: number) => `{"payloads":[{"data":"${'A'.repeat(bytes)}"}]}`;
      expect((await ask('/encode', { body: of(4 * 1024 * 1024) })).status).toBe(200);
      expect((await ask('/encode', { body: of(9 * 1024 * 1024) })).status).toBe(413);
      expect(await statusOfStream(`${url}/encode`, of(9 * 1024 * 1024))).toBe(413);
    });
  });

  it('answers others while somebody sends slowly', async () => {
    await withServer({}, async ({ url, ask }) => {
      const slow = connect(Number(new URL(url).port), '127.0.0.1');
      slow.write('POST /decode HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{');
      expect((await ask('/decode')).status).toBe(200);
      slow.destroy();
      expect((await ask('/decode')).status).toBe(200);
    });
  });

  it('says which port is taken', async () => {
    await withServer({}, async ({ url }) => {
      const { port } = new URL(url);
      await expect(withServer({ port: Number(port) }, async () => {})).rejects.toMatchObject({
        remedy: 'unavailable',
        message: expect.stringContaining(`Cannot listen on 127.0.0.1, port ${port}`),
      });
    });
  });
});

/** An envelope with nothing good in it. */
function sealedWith(id: string) {
  return {
    metadata: { encoding: base64('binary/encrypted'), 'encryption-key-id': base64(id) },
    data: base64('x'.repeat(64)),
  };
}

/** Chunked: its length is not announced. */
async function statusOfStream(url: string, body: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST' }, (response) => {
      resolve(response.statusCode);
      response.resume();
    });
    sent.on('error', reject);
    sent.write(body.slice(0, body.length / 2));
    sent.end(body.slice(body.length / 2));
  });
}

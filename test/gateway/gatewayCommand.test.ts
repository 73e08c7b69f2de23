/** `wattbandit gateway start`, as its users type it. */
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCli, runCli, servingCli, startCli } from '../support/cli';
import { callerTo } from '../support/gateway';
import { testAddress } from '../support/temporal';

beforeAll(buildCli);

const token = 'a-token-of-the-test-0123';

function tokenFile(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'wattbandit-tokens-')), 'tokens.yaml');
  writeFileSync(file, text);
  return file;
}

const start = ['gateway', 'start', '--port', '0'];
const temporal = () => ['--address', testAddress()];

describe('wattbandit gateway start', () => {
  it('serves with tokens that it reads from the environment, and describes itself', async () => {
    const file = tokenFile('version: 1\ntokens:\n  - { name: ci, token: { env: CI_TOKEN }, role: admin }\n');
    await servingCli([...start, ...temporal(), '--tokens', file], { CI_TOKEN: token }, async ({ url = '' }) => {
      const call = callerTo(url);
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
      expect((await call('GET', '/v1/jobs')).status).toBe(401);
      const { body } = await call('GET', '/openapi.json', undefined, { authorization: `Bearer ${token}` });
      expect(body.openapi).toBe('3.1.0');
      const routes = Object.entries<object>(body.paths).flatMap(([path, of]) =>
        Object.keys(of).map((m) => `${m} ${path}`),
      );
      expect(routes).toEqual(
        expect.arrayContaining([
          'post /v1/jobs',
          'post /v1/jobs/{job}/decisions',
          'post /v1/jobs/{job}/observations',
          'get /v1/jobs/{job}/recurrences/{slot}',
          'delete /v1/jobs/{job}/overrides/{id}',
          'post /report',
        ]),
      );
    });
  });

  it('does not listen beyond this computer without tokens, nor in the clear unless told to', async () => {
    const open = await runCli([...start, ...temporal(), '--host', '0.0.0.0']);
    expect(open.code).toBe(3);
    expect(open.stderr).toContain('--tokens');
    const file = tokenFile('version: 1\ntokens:\n  - { name: ci, token: { env: CI_TOKEN }, role: admin }\n');
    const clear = await runCli([...start, ...temporal(), '--host', '0.0.0.0', '--tokens', file], { CI_TOKEN: token });
    expect(clear.code).toBe(3);
    expect(clear.stderr).toContain('--insecure-plaintext');
  });

  it('tells what is wrong with a file of tokens, and no token', async () => {
    const cases: readonly (readonly [text: string, says: string])[] = [
      [
        'version: 1\ntokens:\n  - { name: ci, token: a-token-of-the-test-0123, role: admin }\n',
        'must be { env: NAME }',
      ],
      ['version: 1\ntokens:\n  - { name: ci, token: { env: NOT_SET }, role: admin }\n', 'NOT_SET'],
      ['version: 1\ntokens:\n  - { name: ci, token: { env: SHORT }, role: admin }\n', 'fewer than 16'],
      ['version: 1\ntokens:\n  - { name: ci, token: { env: CI_TOKEN }, role: king }\n', 'one of viewer'],
    ];
    for (const [text, says] of cases) {
      const env = { CI_TOKEN: token, SHORT: 'secret' };
      const { code, stdout, stderr } = await runCli([...start, ...temporal(), '--tokens', tokenFile(text)], env);
      expect(code).toBe(3);
      expect(stderr).toContain(says);
      expect(stdout + stderr).not.toContain(token);
    }
  });

  it('ends when it is told to, and says so where Temporal is away', async () => {
    const child = startCli([...start, ...temporal(), '-o', 'jsonl']);
    await once(child.stdout!, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    const away = await runCli([...start, '--address', '127.0.0.1:1']);
    expect(away.code).toBe(6);
    expect(away.stderr).toContain('Cannot reach Temporal');
  });
});

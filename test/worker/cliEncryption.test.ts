import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { randomUUID } from 'node:crypto';
import { buildCli, runCli, servingCli } from '../support/cli';
import { testKeys } from '../support/encryption';
import { testAddress, testBinary } from '../support/temporal';

beforeAll(buildCli, 120_000);

const keys = testKeys('k1');

/** The payloads that `temporal workflow show` prints: decoded by the codec server if it is told of one. */
async function show(workflow: string, ...args: readonly string[]): Promise<string> {
  const command = ['workflow', 'show', '--workflow-id', workflow, '--address', testAddress(), '-o', 'json', ...args];
  const { stdout } = await promisify(execFile)(testBinary(), command, { maxBuffer: 1e8, env: { HOME: tmpdir() } });
  return Array.from(stdout.matchAll(/"data": "([^"]*)"/g), ([, data = '']) => Buffer.from(data, 'base64')).join('\n');
}

describe('--encryption', () => {
  it('is the same file for worker, client and codec server; without it nothing can be read', async () => {
    const job = `job-${randomUUID().slice(0, 8)}`;
    const directory = await mkdtemp(join(tmpdir(), 'wattbandit-'));
    const jobFile = join(directory, 'job.yaml');
    await writeFile(
      jobFile,
      (await readFile('examples/cifar100.yaml', 'utf8')).replace('job: cifar100', `job: ${job}`),
    );
    const configFile = join(directory, 'worker.yaml');
    const hardware = 'hardware: { kind: simulated, gpu: v100, speed: 1000000 }\n';
    await writeFile(configFile, `${await readFile(keys.file, 'utf8')}taskQueue: ${job}\n${hardware}`);
    const at = ['--address', testAddress()];

    await servingCli(['worker', 'start', '-c', configFile, ...at], {}, async () => {
      const cli = (...args: readonly string[]) => runCli([...args, ...at, '--encryption', configFile]);
      expect(await cli('job', 'create', jobFile, '--paused', '--task-queue', job)).toMatchObject({ code: 0 });
      expect(await cli('job', 'trigger', job)).toMatchObject({ code: 0 });
      let described = await cli('job', 'describe', job, '--json');
      while (JSON.parse(described.stdout).totals.slots.ran === 0)
        described = await cli('job', 'describe', job, '--json');

      const blind = await runCli(['job', 'describe', job, ...at]);
      expect(blind.code).toBe(3);
      expect(blind.stderr).toContain('Cannot decrypt a payload: it was encrypted with key "k1"');
      const byVariable = await runCli(['job', 'describe', job, ...at], { WATTBANDIT_ENCRYPTION: keys.file });
      expect(byVariable.code).toBe(0);

      const audit = await cli('audit', 'export', job);
      expect(audit.code).toBe(0);
      for (const kind of ['started', 'decision', 'lease', 'restore', 'observation'])
        expect(audit.stdout).toContain(`"kind":"${kind}"`);

      const sealed = await show(`wattbandit/${job}`);
      expect(sealed.length).toBeGreaterThan(1000);
      expect(sealed).not.toContain('defaultBatchSize');
      const tokenFile = join(directory, 'token');
      await writeFile(tokenFile, 'canary-token\n');
      const codec = ['codec', 'serve', '--port', '0', '--token', `file:${tokenFile}`, '--encryption', configFile];
      await servingCli(codec, {}, async ({ url = '' }) => {
        const asking = ['--codec-endpoint', url, '--codec-auth', 'Bearer canary-token'];
        const shown = await show(`wattbandit/${job}`, ...asking);
        expect(shown).toContain('"defaultBatchSize":1024');
      });
      expect(await cli('job', 'delete', job, '--yes')).toMatchObject({ code: 0 });
    });
  });
});

describe('codec serve', () => {
  it.each<[why: string, args: readonly string[]]>([
    ['Cannot serve a codec without keys', []],
    ['without --token or --jwks', ['--encryption', keys.file, '--host', '0.0.0.0', '--insecure-plaintext']],
    ['without --insecure-plaintext', ['--encryption', keys.file, '--host', '0.0.0.0', '--token', `file:${keys.file}`]],
    ['name whom they must be for by --audience', ['--encryption', keys.file, '--jwks', 'https://id.example/jwks']],
    ['Cannot use the token of the codec server', ['--encryption', keys.file, '--token', 'env:NO_SUCH_TOKEN']],
  ])('says %s', async (why, args) => {
    const { code, stderr } = await runCli(['codec', 'serve', ...args]);
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining(why) });
  });

  it.each<[args: readonly string[]]>([
    [['--allow-origin', '*']],
    [['--allow-origin', 'null']],
    [['--allow-origin', 'http://localhost:8233/']],
    [['--token', 'canary-token']],
    [['--jwks', 'http://id.example/jwks', '--audience', 'codec']],
    [['--token', 'env:A', '--jwks', 'https://id.example/jwks']],
  ])('refuses %j', async (args) => {
    const { code } = await runCli(['codec', 'serve', '--encryption', keys.file, ...args]);
    expect(code).toBe(2);
  });
});

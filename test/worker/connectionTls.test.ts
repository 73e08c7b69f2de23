import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCli, runCli, servingCli } from '../support/cli';
import { type Certificates, type ProxyOptions, makeCertificates, whileProxying } from '../support/tlsProxy';
import { testAddress } from '../support/temporal';

const directory = mkdtempSync(join(tmpdir(), 'wattbandit-tls-'));
let certificates: Certificates;
beforeAll(async () => {
  certificates = await makeCertificates(directory);
  await buildCli();
}, 120_000);

/** A Temporal configuration file with this one profile; the variables that name it. */
function profile(lines: Record<string, string>, tls: Record<string, string>): NodeJS.ProcessEnv {
  const file = join(directory, `${randomUUID()}.toml`);
  const toml = (table: Record<string, string>) =>
    Object.entries(table)
      .map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
      .join('');
  writeFileSync(file, `[profile.default]\n${toml(lines)}[profile.default.tls]\n${toml(tls)}`);
  return { TEMPORAL_CONFIG_FILE: file };
}

/** A worker and a client behind the proxy: one recurrence, told and counted. */
async function runsAJob(env: NodeJS.ProcessEnv): Promise<void> {
  const job = `job-${randomUUID().slice(0, 8)}`;
  const file = join(directory, `${job}.yaml`);
  writeFileSync(file, readFileSync('examples/cifar100.yaml', 'utf8').replace('job: cifar100', `job: ${job}`));
  const worker = ['worker', 'start', '--simulated', 'v100', '--speed', '1e6', '--task-queue', job];
  await servingCli(worker, env, async () => {
    expect(await runCli(['job', 'create', file, '--paused', '--task-queue', job], env)).toMatchObject({ code: 0 });
    expect(await runCli(['job', 'trigger', job], env)).toMatchObject({ code: 0 });
    const ran = async () => {
      const { stdout } = await runCli(['job', 'describe', job, '--json'], env);
      return JSON.parse(stdout).totals.slots.ran;
    };
    while ((await ran()) === 0) continue;
    expect(await runCli(['job', 'delete', job, '--yes'], env)).toMatchObject({ code: 0 });
  });
}

const behind = (options: Partial<ProxyOptions>, use: (address: string) => Promise<void>) =>
  whileProxying({ certificates, target: testAddress(), ...options }, use);

const ca = () => ({ server_ca_cert_path: certificates.path('authority.crt') });
const client = () => ({
  client_cert_path: certificates.path('client.crt'),
  client_key_path: certificates.path('client.key'),
});

describe('a Temporal profile', () => {
  it('with client certificates carries worker and commands over mutual TLS, and without them nothing', async () => {
    await behind({ mutual: true }, async (address) => {
      const [without] = await Promise.all([
        runCli(['job', 'list'], profile({ address }, ca())),
        runsAJob(profile({ address }, { ...ca(), ...client() })),
      ]);
      expect(without).toMatchObject({ code: 6, stderr: expect.stringContaining('Cannot reach Temporal') });
    });
  });

  it('with an API key carries worker and commands, and no message says the key', async () => {
    await behind({ apiKey: 'canary-key' }, async (address) => {
      const [wrongKey, wrongAuthority] = await Promise.all([
        runCli(['job', 'list'], profile({ address, api_key: 'canary-other' }, ca())),
        runCli(['job', 'list'], profile({ address, api_key: 'canary-key' }, {})),
        runsAJob(profile({ address, api_key: 'canary-key' }, ca())),
      ]);
      for (const { code, stdout, stderr } of [wrongKey, wrongAuthority]) {
        expect(code).toBe(6);
        expect(stdout + stderr).not.toContain('canary');
      }
    });
  });
});

describe('--insecure-plaintext', () => {
  const address = 'temporal.invalid:7233';
  const refusal = { code: 3, stderr: expect.stringContaining(`Cannot connect to Temporal at ${address} without TLS`) };
  const worker = ['worker', 'start', '--simulated', 'v100'];

  it.each<[command: string, args: readonly string[]]>([
    ['job list', ['job', 'list']],
    ['worker start', worker],
    ['demo', ['demo']],
  ])('is missed by %s before anything is sent to another computer', async (_command, args) => {
    expect(await runCli(args, { TEMPORAL_ADDRESS: address })).toMatchObject(refusal);
  });

  it('once said, or written in the configuration of a worker, leaves only that nobody is there', async () => {
    const file = join(directory, 'worker.yaml');
    writeFileSync(file, 'version: 1\nhardware: { kind: simulated, gpu: v100 }\ninsecurePlaintext: true\n');
    const commands = [
      ['job', 'list', '--insecure-plaintext'],
      [...worker, '--insecure-plaintext'],
      ['demo', '--insecure-plaintext'],
      ['worker', 'start', '-c', file],
    ];
    const ends = await Promise.all(commands.map((args) => runCli(args, { TEMPORAL_ADDRESS: address })));
    expect(ends.map(({ code }) => code)).toEqual(commands.map(() => 6));
  });

  it('is missed by an API key whose TLS is turned off, and doctor says so, too', async () => {
    const env = { TEMPORAL_ADDRESS: address, TEMPORAL_API_KEY: 'canary-key', TEMPORAL_TLS: 'false' };
    const { code, stderr } = await runCli(['job', 'list'], env);
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('the API key') });
    expect(stderr).not.toContain('canary');
    const doctor = await runCli(['doctor'], env);
    expect(doctor).toMatchObject({ code: 8, stdout: expect.stringContaining('without TLS') });
  });
});

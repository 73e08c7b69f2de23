/** The OpenAPI document of the gateway, and whether the gateway keeps to it. `npm run test:pipelines -- openapi`. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type Call, type GatewayBench, externalJob, onGateway, zeusJob } from '../support/gateway';

const programs = dirname(process.env.OPENAPI_PYTHON!);
const config = join(__dirname, 'openapi.toml');
const tokens = [
  { name: 'reader', role: 'viewer', token: 'viewer-0123456789abcdef' },
  { name: 'trainer', role: 'operator', token: 'operator-0123456789abcdef' },
  { name: 'root', role: 'admin', token: 'admin-0123456789abcdef' },
] as const;
type Name = (typeof tokens)[number]['name'];
const authorizationOf = (name: Name) => `Bearer ${tokens.find((token) => token.name === name)!.token}`;

interface Tried extends GatewayBench {
  readonly operations: number;
  /** What the program prints; its failure tells that, too. */
  readonly run: (program: string, ...args: readonly string[]) => Promise<string>;
}

/** A gateway that has something to tell, and a folder with its document. */
async function onDocument(test: (tried: Tried) => Promise<void>): Promise<void> {
  const cwd = mkdtempSync(join(tmpdir(), 'wattbandit-openapi-'));
  try {
    await onGateway({ tokens, limitSeconds: 390 }, async (bench) => {
      const call: Call = (method, path, body) =>
        bench.call(method, path, body, { authorization: authorizationOf('root') });
      await fill(call);
      const { body: document } = await call('GET', '/openapi.json');
      writeFileSync(join(cwd, 'openapi.json'), JSON.stringify(document));
      const operations = Object.values<object>(document.paths).flatMap((path) => Object.keys(path)).length;
      await test({ ...bench, call, operations, run: (program, ...args) => print(join(programs, program), args, cwd) });
    });
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** The jobs, slots and overrides that `openapi.toml` names. */
async function fill(call: Call): Promise<void> {
  for (const job of ['known', 'doomed-1', 'doomed-2', 'doomed-3']) await call('POST', '/v1/jobs', externalJob(job));
  for (const minute of ['01', '02', '03']) {
    const slot = `2026-11-25T16:${minute}:00Z`;
    const { body: decision } = await call('POST', '/v1/jobs/known/decisions', { slot });
    const told = { decisionId: decision.id, outcome: 'converged', epochs: 10, seconds: 100, joules: 20_000 };
    if (minute !== '03') expect((await call('POST', '/v1/jobs/known/observations', told)).body.counted).toBe(true);
  }
  for (const id of ['greener-1', 'greener-2', 'greener-3']) {
    const order = { order: { kind: 'eta', eta: 0.7 }, reason: 'the grid is clean', id };
    expect((await call('POST', '/v1/jobs/known/overrides', order)).status).toBe(201);
  }
  expect((await call('POST', '/jobs', zeusJob({ job_id: 'zeus-known' }))).status).toBe(201);
  expect((await call('GET', '/jobs/batch_size?job_id=zeus-known')).body.trial_number).toBe(1);
}

async function print(program: string, args: readonly string[], cwd: string): Promise<string> {
  try {
    return (await promisify(execFile)(program, args, { cwd, maxBuffer: 64 * 1024 * 1024 })).stdout;
  } catch (error) {
    throw new Error(`${program} failed: ${(error as { stdout?: string }).stdout}`, { cause: error });
  }
}

it('keeps to its OpenAPI document, whatever is asked, and whoever asks', async () => {
  await onDocument(async ({ run, url, operations }) => {
    expect(await run('openapi-spec-validator', '--errors', 'all', 'openapi.json')).toContain('OK');
    const tryAs = (name: Name, ...more: readonly string[]) =>
      run(
        'schemathesis',
        ...['--config-file', config, '--no-color', 'run', 'openapi.json', '--url', url],
        ...['--header', `Authorization: ${authorizationOf(name)}`, ...more],
      );
    expect(await tryAs('reader', '--phases', 'fuzzing', '--max-examples', '5')).toContain(`Tested: ${operations}`);
    expect(await tryAs('trainer', '--phases', 'fuzzing', '--max-examples', '5')).toContain(`Tested: ${operations}`);
    expect(await tryAs('root')).toContain(`Tested: ${operations}`);
  });
}, 400_000);

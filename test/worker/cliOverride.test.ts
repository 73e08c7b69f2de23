/** Overrides at the command line, on a real server: what is set, listed and cleared, what is refused, and with which exit code. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { OverrideRules } from '../../activities/verifyOverride';
import { JobClient } from '../../worker/client';
import { type Bench, onBench } from '../support/bench';
import { banditId } from '../../workflows/messages';
import { type Ended, buildCli, runCli } from '../support/cli';
import { decodedPayloads } from '../support/decodedPayloads';
import { jobSpec } from '../support/job';
import { testAddress, testClient } from '../support/temporal';
import { createSealKeys, createSigner, keySetFile, overrideClaims } from '../support/tokens';
import { temporaryFile } from '../support/zeusDatabase';

beforeAll(buildCli, 120_000);

interface Desk extends Bench {
  readonly cli: (...args: readonly string[]) => Promise<Ended>;
  readonly json: (...args: readonly string[]) => Promise<Record<string, unknown>>;
}

async function onDesk(overrides: OverrideRules, test: (desk: Desk) => Promise<void>): Promise<void> {
  await onBench({ overrides }, async (bench) => {
    const cli = (...args: readonly string[]) => runCli([...args, '--address', testAddress()]);
    const json = async (...args: readonly string[]): Promise<Record<string, unknown>> =>
      JSON.parse((await cli(...args, '--json')).stdout);
    await bench.jobs.create(jobSpec({ job: bench.job }), { paused: true });
    await test({ ...bench, cli, json });
    await bench.jobs.delete(bench.job);
  });
}

const reason = ['--reason', 'INC-4711'];

describe('override set', () => {
  it('sets, lists and clears; what nobody signed is marked', async () => {
    await onDesk({ allowUnsigned: true }, async ({ job, cli, json }) => {
      const set = await cli('override', 'set', job, '--eta', '0.8', '--for', '6h', '--who', 'night shift', ...reason);
      expect(set).toMatchObject({ code: 0, stderr: '' });
      expect(set.stdout).toMatch(/^set {2}η 0.8, until \d{4}-.*Z, by night shift \(UNSIGNED\); its id is /);
      const pinned = await json('override', 'set', job, '--batch-size', '256', '--id', 'pin-1', ...reason);
      expect(pinned).toMatchObject({
        result: 'set',
        id: 'pin-1',
        order: 'batch size 256',
        signed: false,
        expiresAt: null,
      });
      await json('override', 'set', job, '--batch-size', '512', '--for', '1h', ...reason);
      expect(await json('override', 'set', job, '--batch-size', '256', '--id', 'pin-1', ...reason)).toMatchObject({
        result: 'known',
      });

      const { stdout } = await cli('override', 'list', job);
      expect(stdout).toMatch(/^holding +η 0.8 +night shift \(UNSIGNED\) .* INC-4711 /m);
      expect(stdout).toMatch(/^waiting +batch size 256 .* cleared +INC-4711 +pin-1$/m);
      const rows = (await cli('override', 'list', job, '-o', 'jsonl')).stdout.trim().split('\n');
      expect(rows.map((row) => JSON.parse(row).state)).toEqual(['holding', 'waiting', 'holding']);
      expect((await cli('job', 'describe', job)).stdout).toMatch(/^holding +batch size 512 /m);

      expect(await json('override', 'clear', job, 'pin-1', ...reason)).toMatchObject({ ids: ['pin-1'] });
      expect((await cli('override', 'clear', job, 'pin-1', ...reason)).code).toBe(4);
      expect((await cli('override', 'clear', job, '--all', ...reason)).stdout.match(/^cleared /gm)).toHaveLength(2);
      expect((await json('override', 'list', job))['overrides']).toMatchObject([
        { state: 'cleared', id: 'pin-1', leftAt: expect.any(String) },
        { state: 'cleared', order: 'η 0.8' },
        { state: 'cleared', order: 'batch size 512' },
        { state: 'refused', order: 'clear' },
      ]);
    });
  });

  it('does nothing in a dry run', async () => {
    await onDesk({ allowUnsigned: true }, async ({ job, jobs, cli }) => {
      const { code, stdout } = await cli('override', 'set', job, '--freeze', '--dry-run', ...reason);
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^Would set +frozen: /) });
      expect((await jobs.overrides(job)).counts).toEqual({ applied: 0, known: 0, refused: 0, cleared: 0 });
      const bad = await cli('override', 'set', job, '--ban', '7', '--dry-run', ...reason);
      expect(bad).toMatchObject({ code: 3, stderr: expect.stringContaining('batchSize must be one of') });
    });
  });

  it('ends with 5 where it is not believed, 3 where it makes no sense, 4 for a job that nobody knows, 2 where it says nothing', async () => {
    await onDesk({}, async ({ job, cli, json }) => {
      const refused = await cli('override', 'set', job, '--freeze', ...reason);
      expect(refused).toMatchObject({ code: 5, stderr: expect.stringContaining('signed overrides only') });
      expect((await json('override', 'list', job))['overrides']).toMatchObject([
        { state: 'refused', order: 'freeze', reason: expect.stringContaining('not signed') },
      ]);
      expect((await cli('override', 'set', job, '--batch-size', '7', ...reason)).code).toBe(3);
      expect((await cli('override', 'set', 'nobody', '--freeze', ...reason)).code).toBe(4);
      expect((await cli('override', 'list', 'nobody')).code).toBe(4);
      expect((await cli('override', 'set', job, ...reason)).code).toBe(2);
      expect((await cli('override', 'set', job, '--freeze', '--resume', ...reason)).code).toBe(2);
      expect((await cli('override', 'set', job, '--freeze')).code).toBe(2);
      expect((await cli('override', 'clear', job, ...reason)).code).toBe(2);
      expect((await runCli(['override', 'list', job, '--address', '127.0.0.1:1'])).code).toBe(6);
    });
  });

  it('ends with 6 where no worker answers', async () => {
    const jobs = new JobClient(await testClient(), { taskQueue: 'nobody-serves-this' });
    const job = `job-${randomUUID().slice(0, 8)}`;
    await jobs.create(jobSpec({ job }), { paused: true });
    const { code, stderr } = await runCli(['override', 'set', job, '--freeze', ...reason, '--address', testAddress()]);
    expect({ code, stderr }).toEqual({ code: 6, stderr: expect.stringContaining('no worker answered in time') });
    await jobs.delete(job);
  });

  it('takes a signed token from a file, seals it, and shows whose it is', async () => {
    const seal = createSealKeys();
    const signer = await createSigner('ES256', 'k1');
    const tokens = { jwks: { file: keySetFile(signer) }, sealKeys: [seal.privateKey] };
    await onDesk({ tokens }, async ({ job, cli }) => {
      const iat = Math.floor(Date.now() / 1000);
      const value = { eta: 0.9, seconds: 3600 };
      const claims = { job, sub: 'ann', value, iat, exp: iat + 600, jti: randomUUID(), reason: 'the grid is red' };
      const file = temporaryFile('token');
      const token = await signer.sign(overrideClaims(claims));
      await writeFile(file, `${token}\n`);
      const unsealed = ['override', 'set', job, '--eta', '0.9', '--for', '1h', '--token-file', file, ...reason];
      const refused = await cli(...unsealed);
      expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining('--seal-key') });
      const command = [...unsealed, '--seal-key', seal.publicFile];
      const set = await cli(...command);
      expect(set).toMatchObject({ code: 0, stdout: expect.stringContaining('by ann; its id is') });
      const again = await cli(...command);
      expect(again).toMatchObject({ code: 5, stderr: expect.stringContaining('used before') });
      const { stdout } = await cli('override', 'list', job);
      expect(stdout).toMatch(/^holding +η 0.9 +ann .* the grid is red /m);
      expect(stdout + set.stdout + again.stderr + refused.stderr).not.toContain(token);
      const history = await (await testClient()).workflow.getHandle(banditId(job)).fetchHistory();
      expect(decodedPayloads(history).join()).toContain('ann');
      expect(decodedPayloads(history).join()).not.toContain(token.split('.')[2]);
      expect((await cli('override', 'set', job, '--freeze', '--token-file', '/no/such', ...reason)).code).toBe(3);
    });
  });
});

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { onBench } from '../support/bench';
import { buildCli, cliCommand, startCli } from '../support/cli';
import { jobSpec } from '../support/job';
import { testAddress } from '../support/temporal';

beforeAll(buildCli, 120_000);

describe('job describe --watch', () => {
  it('tells again and again, in lines of JSON where no terminal is, and ends with 130', async () => {
    await onBench({ overrides: { allowUnsigned: true } }, async ({ jobs, job }) => {
      await jobs.create(jobSpec({ job }), { paused: true });
      const child = startCli(['job', 'describe', job, '--watch', '--address', testAddress()]);
      const ended = once(child, 'close');
      const seen: { job: string; overrides: unknown[] }[] = [];
      for await (const line of createInterface(child.stdout!)) {
        seen.push(JSON.parse(line));
        if (seen.length === 1) await jobs.setOverride(job, { order: { kind: 'freeze' }, reason: 'INC-1', who: 'ann' });
        if (seen.at(-1)!.overrides.length > 0) break;
      }
      child.kill('SIGINT');
      expect((await ended)[0]).toBe(130);
      expect(seen[0]).toMatchObject({ job, overrides: [] });
      expect(seen.at(-1)).toMatchObject({ job, overrides: [{ state: 'holding', who: 'ann', signed: false }] });
      await jobs.delete(job);
    });
  });

  it('redraws in place on a terminal, as much as it has rows for, and leaves it as it was after Ctrl-C', async () => {
    await onBench({ overrides: { allowUnsigned: true } }, async ({ jobs, job }) => {
      const batchSizes = Array.from({ length: 16 }, (_, n) => 64 * (n + 1));
      await jobs.create(jobSpec({ job, batchSizes, defaultBatchSize: 64 }), { paused: true });
      for (const batchSize of batchSizes.slice(0, 15)) {
        const request = {
          order: { kind: 'banBatchSize', batchSize },
          reason: `INC-${'1'.repeat(100)}`,
          who: 'ann',
        } as const;
        await jobs.setOverride(job, request);
      }
      const command = [...cliCommand, 'job', 'describe', job, '--watch', '--address', testAddress()];
      const { stdout } = await promisify(execFile)('python3', [
        join(__dirname, '../support/onTerminal.py'),
        ...command,
      ]);
      const { code, pictures }: { code: number; pictures: readonly string[] } = JSON.parse(stdout);
      expect(code).toBe(130);
      expect(pictures.length).toBeGreaterThanOrEqual(4);
      const rows = pictures.map((picture) => picture.split('\n').length - 1);
      expect(rows.slice(0, 2)).toEqual([11, 11]);
      expect(Math.max(...rows.slice(2))).toBeGreaterThan(11);
      expect(Math.max(...rows)).toBeLessThanOrEqual(29);
      for (const picture of pictures) expect(picture.startsWith(`\u001b[HJob          ${job}`)).toBe(true);
      expect(pictures[3]).toContain('no batch size');
      // Long lines are cut by the terminal only while a picture is drawn; the cursor was never hidden.
      expect(pictures.at(-1)).toContain('\u001b[?7h');
      expect(stdout).not.toContain('[?25l');
      await jobs.delete(job);
    });
  });
});

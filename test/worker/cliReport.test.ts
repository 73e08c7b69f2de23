/** `wattbandit report` of runs that took place on a real server, on simulated hardware, under a grid that never changes. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSource } from '../../activities/carbon/sourceDescription';
import { onBench, simulatedHardware } from '../support/bench';
import { buildCli, runCli } from '../support/cli';
import { jobSpec } from '../support/job';
import { testAddress } from '../support/temporal';

beforeAll(buildCli, 120_000);

const hour = (n: number) => new Date(Date.UTC(2021, 6, 1, n));
const gramsPerKwh = 400;
const runs = 4;

const following = () => {
  const grid = createSource({ provider: 'constant', kind: 'average', zone: 'PL', gramsPerKwh });
  return { ...simulatedHardware(), grid, gridTime: 'slot' as const };
};

const period = ['--from', '2021-07-01', '--to', '2021-08-01'];
const settling = ['--source', 'constant', '--kind', 'average', '--zone', 'PL'];

describe('report', () => {
  it('tells grams of metered joules, coverage and both baselines by job, in each of its formats', async () => {
    await onBench(following(), async ({ jobs, job }) => {
      let joules = 0;
      for (let n = 0; n < runs; n++) {
        const handle = await jobs.startRecurrence(jobSpec({ job, carbon: {} }), hour(n));
        joules += (await handle.result()).observation.joules;
      }
      const cli = (...args: readonly string[]) => runCli(['report', job, ...args, '--address', testAddress()]);

      const told = await cli(...period, '-o', 'json');
      expect(told).toMatchObject({ code: 0, stderr: '' });
      const report = JSON.parse(told.stdout);
      expect(report).toMatchObject({
        schemaVersion: 1,
        from: '2021-07-01T00:00:00.000Z',
        to: '2021-08-01T00:00:00.000Z',
        methods: expect.arrayContaining([expect.any(String)]),
        notWhatItIs: expect.arrayContaining([expect.stringContaining('GPU boards only')]),
        read: { recurrences: runs, withoutResult: 0, missingAttempts: 0, leftOut: 0 },
        settlement: { asked: false, questions: 0, settled: 0, unsettled: expect.any(Number) },
      });
      expect(report.settlement.unsettled).toBeGreaterThan(0);
      expect(report.jobs).toHaveLength(1);
      const [row] = report.jobs;
      expect(row).toMatchObject({ job, signal: { provider: 'constant', zone: 'PL', kind: 'average' }, runs });
      expect(row.joules).toBeCloseTo(joules, 3);
      expect(row.coverage).toBeGreaterThan(0.95);
      expect(row.emitted.grams).toBeCloseTo(((row.joules * row.coverage) / 3.6e6) * gramsPerKwh, 6);
      expect(row.statusShares.estimated).toBeCloseTo(row.coverage, 9);
      const { compared } = row;
      expect(compared.runs).toBeGreaterThan(0);
      expect(compared.maxPower.saved.saved).toBeGreaterThan(0.05);
      // A grid that never changes leaves nothing to gain beyond the best static cap.
      expect(compared.staticCap.saved.saved).toBeLessThan(0.01);
      expect(compared.staticCap.grams).toBeLessThan(compared.maxPower.grams);

      const again = await cli(...period, '-o', 'json', ...settling, '--grams-per-kwh', '800');
      const revised = JSON.parse(again.stdout);
      expect(revised.settlement).toMatchObject({ asked: true, questions: 1, settled: 0, failure: null });
      expect(revised.jobs[0].emitted.grams).toBeCloseTo(2 * row.emitted.grams, 6);

      const csv = (await cli(...period, '-o', 'csv')).stdout.trim().split('\r\n');
      expect(csv[0]).toMatch(/^job,slot,attempt,/);
      expect(csv.slice(1).map((line) => line.split(',').slice(0, 2))).toEqual(
        Array.from({ length: runs }, (_, n) => [job, hour(n).toISOString().replace('.000Z', 'Z')]),
      );
      expect((await cli(...period, '-o', 'html')).stdout).toMatch(/^<!doctype html>[\s\S]*<\/html>\s*$/);
      expect((await cli(...period)).stdout).toContain('What this is not');
      const later = await cli('--from', '2021-08-01', '-o', 'json');
      expect(JSON.parse(later.stdout)).toMatchObject({ jobs: [], read: { ofAnotherTime: runs } });
    });
  });

  it('counts the energy of attempts that failed before the last one of their recurrence', async () => {
    await onBench(following(), async ({ jobs, job }) => {
      const spec = jobSpec({ job, carbon: {}, maxEpochs: 2, attempts: 2, batchSizes: [1024] });
      await (await jobs.startRecurrence(spec, hour(0))).result();
      const { totals } = await jobs.ledger(job);
      expect(totals.told).toBe(2);
      const { stdout } = await runCli(['report', job, ...period, '-o', 'json', '--address', testAddress()]);
      const { jobs: rows, read } = JSON.parse(stdout);
      expect(read).toMatchObject({ recurrences: 1, missingAttempts: 0 });
      expect(rows).toMatchObject([{ job, runs: 2, failedRuns: 2 }]);
      expect(rows[0].joules).toBeCloseTo(totals.joules, 3);
    });
  });

  it('settles what the worker’s provider did not tell, and ends well where it tells nothing now either', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'wattbandit-report-')), 'grid.csv');
    const recorded = { provider: 'recorded', kind: 'average', zone: 'DE', slotMinutes: 60, shiftDays: 0 } as const;
    const grid = createSource({ ...recorded, repeat: false, file });
    await onBench({ ...simulatedHardware(), grid, gridTime: 'slot' }, async ({ jobs, job }) => {
      await (await jobs.startRecurrence(jobSpec({ job, carbon: {} }), hour(0))).result();
      const source = ['--source', 'recorded', '--kind', 'average', '--zone', 'DE', '--file', file];
      const args = ['report', job, ...period, '-o', 'json', ...source, '--address', testAddress()];

      const away = await runCli(args);
      expect(away).toMatchObject({ code: 0, stderr: expect.stringContaining('cannot be read') });
      const before = JSON.parse(away.stdout);
      expect(before.jobs).toMatchObject([{ emitted: { grams: 0 }, coverage: 0, compared: null }]);
      expect(before.settlement).toMatchObject({ settled: 0, failure: expect.stringContaining('cannot be read') });

      const hours = Array.from({ length: 240 }, (_, n) => `${hour(n).toISOString()},250`);
      await writeFile(file, ['time,gramsPerKwh', ...hours].join('\n'));
      const told = await runCli(args);
      expect(told).toMatchObject({ code: 0, stderr: '' });
      const { jobs: rows, settlement } = JSON.parse(told.stdout);
      expect(settlement).toMatchObject({ unsettled: 0, settled: before.settlement.unsettled, failure: null });
      expect(settlement.change.grams).toBeCloseTo(rows[0].emitted.grams, 9);
      expect(rows[0].emitted.grams).toBeCloseTo(((rows[0].joules * rows[0].coverage) / 3.6e6) * 250, 6);
      expect(rows[0].statusShares.observed).toBeGreaterThan(0.95);
    });
  });

  it.each([
    [['report', '--from', '2021-07-01', '-o', 'none', 'nobody'], 4, 'Cannot find job nobody'],
    [['report', '--from', '2021-07-01 00:00'], 2, 'must be a day'],
    [['report', '--from', '2021-07-02', '--to', '2021-07-01'], 2, 'must be after --from'],
    [['report', '--from', '2021-07-01', "x' OR 'a' = 'a"], 2, 'is no name of a job'],
    [['job', 'list', '-o', 'csv'], 2, 'Allowed choices of list are text, json, jsonl, none'],
  ])('%j ends with %i', async (args, code, words) => {
    const ended = await runCli([...args, '--address', testAddress()]);
    expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(words) });
  });
});

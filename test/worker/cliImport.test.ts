import { readFile, writeFile } from 'node:fs/promises';
import { askId, ask, slotAt, tell } from '../../workflows/messages';
import { type Bench, onBench } from '../support/bench';
import { type Ended, buildCli, runCli } from '../support/cli';
import { jobSpec, observation } from '../support/job';
import { testAddress } from '../support/temporal';
import { temporaryFile, zeusDatabase } from '../support/zeusDatabase';

beforeAll(buildCli, 120_000);

interface Desk {
  readonly bench: Bench;
  readonly cli: (...args: readonly string[]) => Promise<Ended>;
  readonly json: (...args: readonly string[]) => Promise<Record<string, unknown>>;
}

/** A worker without GPUs, a job that nothing starts by itself, and the command line. */
async function onDesk(test: (desk: Desk) => Promise<void>): Promise<void> {
  await onBench({}, async (bench) => {
    const cli = (...args: readonly string[]) => runCli([...args, '--address', testAddress()]);
    const json = async (...args: readonly string[]): Promise<Record<string, unknown>> =>
      JSON.parse((await cli(...args, '--json')).stdout);
    await bench.jobs.create(jobSpec({ job: bench.job }), { paused: true });
    await test({ bench, cli, json });
    await bench.jobs.delete(bench.job);
  });
}

async function fileOf(name: string, text: string): Promise<string> {
  const file = temporaryFile(name);
  await writeFile(file, text);
  return file;
}

const gpus = { model: 'V100', count: 1, powerLimitsWatts: [150, 250] };

/** One recurrence, told as it would tell of itself; a larger batch takes more epochs. Answers what was decided. */
async function recur({ bandit }: Bench, n: number) {
  const slot = slotAt(new Date(Date.UTC(2021, 6, 1, n)));
  const id = askId(slot, 1);
  const decision = await bandit().executeUpdate(ask, { args: [{ id, slot, attempt: 1, gpus }] });
  const { batchSize } = decision;
  const measurements = gpus.powerLimitsWatts.map((powerLimitWatts) => ({
    ...{ batchSize, powerLimitWatts, source: 'profile' as const, averageWatts: powerLimitWatts },
    secondsPerEpoch: 10 + 2000 / batchSize,
  }));
  const epochs = 20 + batchSize / 64;
  await bandit().executeUpdate(tell, { args: [observation({ id, slot, batchSize, epochs, measurements })] });
  return decision;
}

const open = { status: 'Dispatched', time: null, energy: null, converged: null };
const zeus = zeusDatabase([
  {
    id: 'mnist-1a2b',
    trials: [
      { batchSize: 1024, time: 600 },
      { batchSize: 512, time: 400, energy: 50_000 },
      { batchSize: 4096, converged: 0, energy: 600 * 400 },
      { batchSize: 256, ...open },
      { batchSize: 3 },
    ],
  },
]);

describe('job import', () => {
  it('shows what it would take of Zeus’s trials, changes nothing in a dry run, and takes them once', async () => {
    await onDesk(async ({ bench: { job, jobs }, cli, json }) => {
      const command = ['job', 'import', job, zeus, '--from', 'zeus-sqlite', '--power-limit', '250'];
      const dry = await cli(...command, '--dry-run');
      expect(dry).toMatchObject({ code: 0, stderr: '' });
      expect(dry.stdout).toMatch(/^Trial 1 +1024 +250 W +– +10\.0 min +90\.0 kJ +converged +1\.00 +taken$/m);
      expect(dry.stdout).toMatch(/^Trial 3 +4096 .* tooDear +0\.50 +doubtful: drew 400 W, its GPUs at most 250 W/m);
      expect(dry.stdout).toMatch(/^Trial 4 +256 .* infrastructure +1\.00 +taken$/m);
      expect(dry.stdout).toMatch(/^Trial 5 +– .* dropped: batch size 3 is not one of the job's/m);
      expect(dry.stdout).toContain('3 taken, 1 doubtful, 1 dropped; a dry run, so nothing was changed');
      expect((await jobs.facts(job)).memory).toBeUndefined();

      const summary = { job, from: 'zeus-sqlite mnist-1a2b', dryRun: false, taken: 3, doubtful: 1, dropped: 1 };
      expect(await json(...command)).toMatchObject({ ...summary, answer: { taken: 4, known: 0, refused: [] } });
      expect((await cli(...command)).stdout).toContain('the job learned from 0, and knew 4 already');
      const { timed, failed } = (await jobs.facts(job)).memory as { timed: object; failed: object };
      expect(timed).toMatchObject({ V100: { 512: { n: 1 }, 1024: { n: 1 } } });
      expect(failed).toMatchObject({ 4096: { failures: 0.5, stopped: 0 } });
      expect((await cli('job', 'describe', job)).stdout).toMatch(/^Imported +4 observations$/m);
    });
  });

  it('lets a fresh job begin with what another one knows', async () => {
    await onDesk(async ({ bench: donor, cli }) => {
      expect(await recur(donor, 0)).toMatchObject({ mode: 'first', powerLimitWatts: null });
      for (let n = 1; n < 3; n++) await recur(donor, n);
      const file = temporaryFile('export.jsonl');
      expect((await cli('job', 'export', donor.job, '--out', file)).code).toBe(0);
      expect((await cli('job', 'export', donor.job, '--out', file)).code).toBe(9);
      const { stdout } = await cli('job', 'export', donor.job);
      expect(stdout.split('\n').slice(1, -2)).toEqual((await readFile(file, 'utf8')).split('\n').slice(1, -2));

      await onDesk(async ({ bench }) => {
        const { job } = bench;
        const { stdout: report, code } = await cli('job', 'import', job, file, '--from', 'job');
        expect({ report, code }).toEqual({ code: 0, report: expect.stringContaining(' 0 doubtful, 0 dropped') });
        const first = await recur(bench, 0);
        expect(first.mode).not.toBe('first');
        expect(first.incumbent).toBe((await recur(donor, 3)).incumbent);
        const again = await cli('job', 'import', job, file, '--from', 'job');
        expect(again.stdout).toContain('the job learned from 0');
      });
    });
  });

  it('takes runs from CSV and limits from a power profile', async () => {
    await onDesk(async ({ bench: { job, jobs }, cli }) => {
      const csv = await fileOf(
        'runs.csv',
        'batch_size,power_limit_watts,epochs,seconds,joules,outcome\n1024,250,40,400,60000,converged\n512,x,1,1,1,converged\n',
      );
      const { stdout } = await cli('job', 'import', job, csv, '--from', 'csv', '--gpu-model', 'V100');
      expect(stdout).toMatch(/^line 3 .* dropped: power_limit_watts: must be a number/m);
      const profile = await fileOf('power.json', JSON.stringify([{ power_limit: 150, energy: 1200, time: 10 }]));
      const command = ['job', 'import', job, profile, '--from', 'zeus-profile', '--gpu-model', 'V100'];
      const unsaid = await cli(...command);
      expect(unsaid).toMatchObject({ code: 3, stderr: expect.stringContaining('--batch-size and --steps-per-epoch') });
      expect((await cli(...command, '--batch-size', '1024', '--steps-per-epoch', '40')).code).toBe(0);
      expect((await jobs.facts(job)).memory).toMatchObject({
        converged: { 1024: { n: 1, epochs: 40 } },
        gpus: { V100: { sizes: { 1024: { limits: { 150: [10, 120], 250: [10, 150] }, windows: [150] } } } },
      });
    });
  });

  it('ends with 8 if nothing can be taken, with 3 for a file of another kind, with 4 for a job that nobody knows', async () => {
    await onDesk(async ({ bench: { job }, cli }) => {
      const csv = await fileOf(
        'runs.csv',
        'batch_size,power_limit_watts,epochs,seconds,joules,outcome\n3,,,1,1,converged\n',
      );
      expect((await cli('job', 'import', job, csv, '--from', 'csv')).code).toBe(8);
      const wrong = await cli('job', 'import', job, csv, '--from', 'zeus-sqlite');
      expect(wrong).toMatchObject({
        code: 3,
        stderr: expect.stringMatching(/^Cannot import .*: it is not a SQLite database/),
      });
      expect((await cli('job', 'import', 'nobody', zeus, '--from', 'zeus-sqlite')).code).toBe(4);
      expect((await cli('job', 'export', 'nobody')).code).toBe(4);
    });
  });
});

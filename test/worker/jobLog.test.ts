/** The log that is read from history is what the bandit knew: exported, verified, restored, the job goes on as it would have. */
import { readFile, writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import { createSource } from '../../activities/carbon/sourceDescription';
import { holdInMemory } from '../../activities/gpu/hold';
import type { Observation } from '../../policy/facts';
import { contenderNamed } from '../../simulation/contenders';
import { counterfactual } from '../../simulation/counterfactual';
import { sealed } from '../../worker/exportFormat';
import { packagedGrid } from '../../worker/packaged';
import { exportedLog } from '../../worker/replay/exportedLog';
import { parseLog, readLogFile } from '../../worker/replay/logFile';
import { loggedJobOf } from '../../worker/replay/loggedJobOf';
import { banditInputOf } from '../../worker/replay/recollection';
import type { Replayed } from '../../worker/replay/replay';
import { Verification } from '../../worker/replay/verify';
import { ask, askId, giveUp, override, slotAt, tell } from '../../workflows/messages';
import { type OutsideAsk, type OutsideTell, askOutside, tellOutside } from '../../workflows/outsideMessages';
import { type Bench, onBench, simulatedHardware } from '../support/bench';
import { buildCli, runCli } from '../support/cli';
import { jobSpec, observation } from '../support/job';
import { testAddress } from '../support/temporal';
import { createFeelingHardware, createWavingGrid } from '../support/waves';
import { temporaryFile } from '../support/zeusDatabase';

beforeAll(buildCli, 120_000);

const gpus = { model: 'V100', count: 1, powerLimitsWatts: [150, 200, 250] };
const slotOf = (n: number) => slotAt(new Date(Date.UTC(2021, 6, 1, n)));
const requestOf = (n: number, attempt = 1) => ({ id: askId(slotOf(n), attempt), slot: slotOf(n), attempt, gpus });

const specOf = (job: string) =>
  jobSpec({
    job,
    batchSizes: [128, 256, 512, 1024],
    trainer: { kind: 'process', command: ['train', '--token=canary'] },
  });

async function decide({ bandit }: Bench, n: number, attempt = 1) {
  return bandit().executeUpdate(ask, { args: [requestOf(n, attempt)] });
}

/** A larger batch takes more epochs, a lower limit more time. */
async function learn(bench: Bench, n: number, changes: Partial<Observation> = {}) {
  const { batchSize, powerLimitWatts } = await decide(bench, n);
  const measurements = gpus.powerLimitsWatts.map((watts) => ({
    ...{ batchSize, powerLimitWatts: watts, source: 'profile' as const, averageWatts: 0.9 * watts },
    secondsPerEpoch: (10 + 2000 / batchSize) * (1 + 20 / watts),
  }));
  const told = { id: requestOf(n).id, slot: slotOf(n), batchSize, powerLimitWatts: powerLimitWatts ?? 200 };
  const epochs = 20 + Math.round(batchSize / 64) + (n % 3);
  const seconds = epochs * (10 + 2000 / batchSize);
  await bench.bandit().executeUpdate(tell, {
    args: [observation({ ...told, epochs, seconds, joules: seconds * 170, measurements, ...changes })],
  });
}

/** A run that somebody else trains, who asks and tells twice. */
async function outside({ bandit }: Bench, key: string): Promise<void> {
  const args: [OutsideAsk] = [{ key, gpus }];
  const { run } = await bandit().executeUpdate(askOutside, { args });
  await bandit().executeUpdate(askOutside, { args });
  const facts = { epochs: 33, reachedEpochLimit: false, seconds: 500, joules: 80_000, measurements: [] };
  const told: OutsideTell = { id: run.decision.id, outcome: 'converged', ...facts };
  for (let times = 0; times < 2; times++) await bandit().executeUpdate(tellOutside, { args: [told] });
}

/** Orders by update and by signal, failures, an import, overlap, a message told twice; over several runs of the bandit. */
async function live(bench: Bench): Promise<void> {
  const { jobs, job, bandit } = bench;
  await jobs.create(specOf(job), { paused: true });
  for (let n = 0; n < 5; n++) await learn(bench, n);
  await jobs.setOverride(job, { order: { kind: 'eta', eta: 0.1 }, reason: 'INC-1', who: 'ann' });
  await bandit().signal(override, { order: { kind: 'banBatchSize', batchSize: 128 }, reason: 'INC-2', who: 'bob' });
  await bandit().signal(override, { order: { kind: 'freeze' }, reason: '', who: 'nonsense has no reason' });
  for (let n = 5; n < 8; n++) await learn(bench, n);
  await jobs.clearOverride(job, { reason: 'over' });
  await jobs.setOverride(job, { order: { kind: 'powerBound', powerLimitWatts: 200 }, reason: 'heat', seconds: 86_400 });
  const imported = { from: 'csv', weight: 0.5 };
  await jobs.importFacts(job, [
    observation({ id: 'import/1', slot: 'import/1', batchSize: 512, epochs: 30, imported }),
  ]);
  await learn(bench, 8, { outcome: 'diverged', epochs: 3 });
  await learn(bench, 9, { joules: -1 });
  const { id, slot } = requestOf(8);
  await bandit().executeUpdate(tell, { args: [observation({ id, slot, epochs: 99 })] });
  await decide(bench, 9);
  await bandit().executeUpdate(giveUp, { args: [{ slot: slotOf(10), failure: 'infrastructure', why: 'no GPUs' }] });
  await outside(bench, 'a secret name');
  await Promise.all([11, 12, 13].map((n) => learn(bench, n)));
  await Promise.all([14, 15].map((n) => decide(bench, n)));
  for (let n = 16; n < 50; n++) await learn(bench, n);
}

async function exportOf(job: string, ...options: readonly string[]): Promise<string> {
  const file = temporaryFile('log.jsonl');
  const ended = await runCli(['job', 'export', job, '--out', file, '--address', testAddress(), ...options]);
  expect(ended).toMatchObject({ code: 0, stdout: '' });
  return file;
}

const replay = (...args: readonly string[]) => runCli(['replay', ...args, '--address', testAddress(), '--json']);
const onLife = (test: (bench: Bench) => Promise<void>) =>
  onBench({ overrides: { allowUnsigned: true } }, async (bench) => {
    await live(bench);
    await test(bench);
  });

describe('a job’s log', () => {
  it('is the same on the server and in an export, anonymised or not, and every decision is made again as it was', async () => {
    await onLife(async ({ job, jobs }) => {
      const onServer = JSON.parse((await replay('--job', job)).stdout);
      expect(onServer).toMatchObject({ identical: true, first: null, diverged: 0 });
      expect(onServer.exact).toBe(onServer.decisions);
      expect(onServer.histories).toBeGreaterThan(1);

      const file = await exportOf(job);
      const anonymised = await exportOf(job, '--anonymise');
      const { stdout, ...ended } = await replay('--history', file, anonymised);
      expect(ended).toEqual({ code: 0, stderr: '' });
      const totals = { decisions: 50, diverged: 0, exact: 50 };
      expect(JSON.parse(stdout).replayed).toMatchObject([
        { replays: null, verified: totals },
        { replays: null, verified: totals },
      ]);
      expect(onServer.decisions).toBe(50);
      expect(await readFile(file, 'utf8')).not.toContain('canary');
      expect(await readFile(anonymised, 'utf8')).not.toMatch(
        new RegExp(`canary|secret|ann|bob|INC|no GPUs|${job}`.replace('ann', 'ann"')),
      );

      // What it says that the bandit knows is what the bandit knows.
      const verification = new Verification();
      for (const entry of (await readLogFile(file)).entries) verification.take(entry);
      const { spec: _spec, ...recalled } = banditInputOf(verification.recollection!);
      const { spec: _own, ...known } = await jobs.facts(job);
      const { ledger, orders, imported, ...facts } = JSON.parse(JSON.stringify(recalled));
      expect(facts).toEqual(known);
      expect(imported).toEqual(['import/1']);
      expect(orders.overrides).toEqual((await jobs.overrides(job)).overrides);
      expect(withoutInstants(ledger)).toEqual(withoutInstants(await jobs.ledger(job)));
      await jobs.delete(job);
    });
  });

  it('restores the job where it is gone: with the same beliefs and the same next decision, and never over another', async () => {
    await onLife(async (bench) => {
      const { job, jobs } = bench;
      const file = await exportOf(job);
      const jobFile = temporaryFile('job.yaml');
      await writeFile(jobFile, stringify(specOf(job)));
      const command = ['job', 'import', job, file, '--restore', jobFile, '--paused', '--task-queue', bench.taskQueue];
      const restore = () => runCli([...command, '--address', testAddress()]);
      expect(await restore()).toMatchObject({ code: 9, stderr: expect.stringContaining('it exists') });

      const before = await jobs.facts(job);
      const next = await decide(bench, 50);
      await jobs.delete(job);
      expect(await restore()).toMatchObject({ code: 0, stdout: `restored  ${job}  with 50 decisions\n`, stderr: '' });
      expect(await jobs.facts(job)).toEqual(before);
      expect(await decide(bench, 50)).toEqual(next);
      expect((await restore()).code).toBe(9);
      await jobs.delete(job);

      await writeFile(jobFile, stringify({ ...specOf(job), maxEpochs: 7 }));
      expect(await restore()).toMatchObject({ code: 3, stderr: expect.stringContaining('maxEpochs was 100 there') });
    });
  });

  it('tells the first decision that is another one now, by slot, field and value', async () => {
    await onBench({}, async (bench) => {
      const { job, jobs } = bench;
      await jobs.create(specOf(job), { paused: true });
      for (let n = 0; n < 4; n++) await learn(bench, n);
      const lines = (await readFile(await exportOf(job), 'utf8')).trimEnd().split('\n');
      await jobs.delete(job);
      const edited = lines.map((line) =>
        line.includes(`"type":"decision","slot":"${slotOf(2)}"`) ? line.replace(/"sd":[0-9.e-]+/, '"sd":7') : line,
      );
      const { createHash } = await import('node:crypto');
      const body = edited
        .slice(0, -1)
        .map((line) => `${line}\n`)
        .join('');
      const file = temporaryFile('edited.jsonl');
      const sha256 = createHash('sha256').update(body).digest('hex');
      await writeFile(file, `${body}${JSON.stringify({ type: 'end', sha256 })}\n`);
      const { stdout, code } = await replay('--history', file);
      expect(code).toBe(8);
      expect(JSON.parse(stdout)).toMatchObject({
        ...{ identical: false, decisions: 4, diverged: 1 },
        first: { slot: slotOf(2), attempt: 1, field: 'considered.0.sd', recorded: 7, now: expect.any(Number) },
      });
    });
  });
});

const played = { slotMinutes: 60, shiftDays: 0, repeat: false };

describe('the log of a job that follows its grid', () => {
  it('has every reading that a decision was made from, so each is made again, and carbon is counted under another policy', async () => {
    const grid = createSource({ provider: 'recorded', kind: 'average', zone: 'CISO', file: packagedGrid, ...played });
    const hardware = { ...simulatedHardware(), grid, gridTime: 'slot' as const };
    await onBench(hardware, async ({ client, jobs, job }) => {
      const spec = jobSpec({ job, batchSizes: [256, 512, 1024], carbon: { slowdown: 0.05 } });
      await jobs.create(spec, { paused: true });
      const run = async (n: number) => (await jobs.startRecurrence(spec, new Date(Date.UTC(2021, 6, 1, n)))).result();
      for (let n = 0; n < 3; n++) await run(n);
      const before = (await jobs.facts(job)).grid;
      const imported = { from: 'csv', weight: 0.5 };
      await jobs.importFacts(job, [observation({ id: 'import/1', slot: 'import/1', batchSize: 512, imported })]);
      expect(before).toBeDefined();
      // It once forgot its grid over an import.
      expect((await jobs.facts(job)).grid).toEqual(before);
      for (let n = 3; n < 37; n++) await run(n);

      const lines: string[] = [];
      const entries = exportedLog(client, job, { anonymise: false, wattbandit: 'test' });
      for await (const line of entries) lines.push(JSON.stringify(line));
      let text = '';
      for await (const part of sealed(lines)) text += part;
      const log = parseLog(text);
      const verification = new Verification();
      for (const entry of log.entries) verification.take(entry);
      expect(verification.verified).toMatchObject({ decisions: 37, diverged: 0, first: null, exact: 37 });
      const { grid: recalled, memory } = JSON.parse(JSON.stringify(verification.recollection!.known));
      expect({ grid: recalled, memory }).toEqual({
        grid: (await jobs.facts(job)).grid,
        memory: (await jobs.facts(job)).memory,
      });

      const { logged, results } = counterfactual({
        ...{ log: loggedJobOf(log.entries), contenders: [contenderNamed('default')], seeds: 10 },
      });
      expect(logged.grams!.mean).toBeGreaterThan(0);
      expect(results[0]!.grams!.mean).toBeGreaterThan(logged.grams!.mean);
      await jobs.delete(job);
    });
  });
});

describe('replay of a job whose runs are steered', () => {
  it('takes their carbon timers, and weighs again what they weighed', async () => {
    const { gpus: felt, trainer } = createFeelingHardware(9);
    const grid = createWavingGrid(1, [20, 3000], 400);
    await onBench({ gpus: felt, trainer, grid, holder: holdInMemory(felt) }, async ({ jobs, job }) => {
      const changes = { batchSizes: [64], defaultBatchSize: 64, maxEpochs: 10, carbon: {} };
      const spec = jobSpec({ job, ...changes, target: { metric: 'accuracy', value: 1 } });
      for (let n = 0; n < 2; n++) await (await jobs.startRecurrence(spec, new Date(Date.UTC(2021, 6, 1, n)))).result();
      const timersIn = async (...options: readonly string[]) => {
        const { stdout, code } = await replay('--job', job, ...options);
        expect(code).toBe(0);
        const { replayed } = JSON.parse(stdout) as { replayed: readonly Replayed[] };
        return replayed.filter(({ name }) => name.includes('/carbon-'));
      };
      const timers = await timersIn();
      expect(timers.map(({ name }) => name.split('/carbon-')[0])).toEqual(
        [0, 1].map((n) => `wattbandit/${job}/recurrence-${slotOf(n)}`),
      );
      for (const { replays, verified } of timers) {
        expect({ replays, ...verified }).toMatchObject({ replays: true, diverged: 0, first: null });
        expect(verified.decisions).toBeGreaterThan(1);
        expect(verified.exact).toBe(verified.decisions);
      }
      expect((await timersIn('--recurrences', '1')).map(({ name }) => name)).toEqual([timers[1]!.name]);
      await jobs.delete(job);
    });
  });
});

/** A workflow's clock goes on between an activity's end and the next step, by milliseconds that history does not keep. */
function withoutInstants(ledger: object): unknown {
  return JSON.parse(JSON.stringify(ledger), (key, value) =>
    ['decidedAt', 'leaseExpiresAt'].includes(key) ? typeof value : value,
  );
}

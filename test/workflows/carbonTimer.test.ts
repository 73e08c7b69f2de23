/** Runs that follow a grid whose intensity changes every few seconds, in real time on a real server. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Source } from '../../activities/carbon/source';
import { holdInMemory } from '../../activities/gpu/hold';
import { meanEta, slowdownOf } from '../../policy/gridRecord';
import type { JobSpecInput } from '../../workflows/contracts';
import { type RecurrenceResult, carbonTimerId, lookAgain, recurrenceId, slotAt } from '../../workflows/messages';
import { onBench } from '../support/bench';
import { jobSpec } from '../support/job';
import { createFeelingHardware, createWavingGrid } from '../support/waves';

const slotSeconds = 3;
const hour = (n: number) => new Date(Date.UTC(2021, 6, 1, n));

const spec = (job: string, epochs: number, changes: Partial<JobSpecInput> = {}) =>
  jobSpec({
    job,
    batchSizes: [64],
    defaultBatchSize: 64,
    maxEpochs: epochs + 1,
    target: { metric: 'accuracy', value: 1 },
    carbon: {},
    ...changes,
  });

const hardwareOn = (grid: Source, epochs: number) => {
  const { gpus, trainer, set } = createFeelingHardware(epochs);
  return { hardware: { gpus, trainer, grid, holder: holdInMemory(gpus), host: 'felt' }, set };
};

const eventType = (event: { readonly eventType?: unknown }) => Number(event.eventType);
const timerFired = 18;

describe('carbonTimer', () => {
  it('slows the run while the grid is dirty, speeds it up while it is clean, and records both', async () => {
    const { hardware, set } = hardwareOn(createWavingGrid(slotSeconds, [20, 3000], 400), 14);
    await onBench(hardware, async ({ jobs, job, client }) => {
      const handle = await jobs.startRecurrence(spec(job, 14), hour(0));
      const { observation }: RecurrenceResult = await handle.result();
      expect(observation.outcome).toBe('converged');
      // The profile goes down once; from then on the grid is followed.
      expect(new Set(set.slice(3))).toEqual(new Set([100, 200]));
      expect(await hardware.gpus.powerLimitWatts('SIM-felt-0')).toBe(200);

      const grid = observation.grid!;
      expect(grid).toMatchObject({ provider: 'waves', zone: 'TEST', kind: 'average', priceFactor: 1 });
      const joules = grid.intervals.reduce((sum, one) => sum + one.joules, 0);
      expect(joules / observation.joules).toBeGreaterThan(0.95);
      for (const { eta, perKwh } of grid.intervals.filter((one) => one.eta !== 0.5)) {
        expect(perKwh! > 400 ? eta > 0.5 : eta < 0.5).toBe(true);
      }
      expect(new Set(grid.intervals.map(({ perKwh }) => perKwh))).toEqual(new Set([20, 3000]));
      expect(meanEta(grid)).toBeGreaterThan(0.1);
      expect(slowdownOf(grid)).toBeGreaterThan(0.05);
      expect(slowdownOf(grid)).toBeLessThan(0.5);

      const timer = client.workflow.getHandle(carbonTimerId(recurrenceId(job, slotAt(hour(0))), 1));
      const events = (await timer.fetchHistory()).events ?? [];
      const fired = events.flatMap((event, at) => (eventType(event) === timerFired ? [at] : []));
      const perTick = fired.slice(1).map((at, n) => at - fired[n]!);
      expect(perTick.length).toBeGreaterThan(1);
      expect(Math.max(...perTick)).toBeLessThanOrEqual(8);
      const { status } = await timer.describe();
      expect(status.name).not.toBe('RUNNING');
    });
  });

  it('costs the run nothing when the provider fails: it goes on under the job’s own η, which is recorded', async () => {
    const waving = createWavingGrid(slotSeconds, [20, 3000], 400);
    const fail = () => Promise.reject(new Error('the provider is away'));
    const dead: Source = { ...waving, now: fail, history: fail, forecast: fail };
    const { hardware } = hardwareOn(dead, 6);
    await onBench(hardware, async ({ jobs, job }) => {
      const { observation }: RecurrenceResult = await (await jobs.startRecurrence(spec(job, 6), hour(0))).result();
      expect(observation.outcome).toBe('converged');
      expect(observation.grid!.intervals.length).toBeGreaterThan(0);
      for (const { eta, perKwh, status } of observation.grid!.intervals)
        expect({ eta, perKwh, status }).toEqual({ eta: 0.5, perKwh: null, status: 'unknown' });
    });
  });

  it('looks again when told to, continues as new when its history grows, and ends with its run', async () => {
    const { hardware } = hardwareOn(createWavingGrid(3600, [800], 400), 20);
    await onBench(hardware, async ({ jobs, job, client }) => {
      const handle = await jobs.startRecurrence(spec(job, 20), hour(0));
      const id = carbonTimerId(handle.workflowId, 1);
      const timer = client.workflow.getHandle(id);
      const first = async () => (await timer.describe()).runId;
      for (let tries = 0; tries < 100 && (await first().catch(() => '')) === ''; tries++) await sleep(100);
      const runId = await first();
      // The profile, then some forty looks.
      await sleep(4000);
      for (let n = 0; n < 45 && (await first()) === runId; n++) {
        await timer.signal(lookAgain);
        await sleep(150);
      }
      expect(await first()).not.toBe(runId);
      await handle.terminate();
      for (let tries = 0; tries < 50 && (await timer.describe()).status.name === 'RUNNING'; tries++) await sleep(100);
      expect((await timer.describe()).status.name).toBe('TERMINATED');
    });
  });
});

import type { Trainer, TrainingEvent } from '../../activities/training/trainer';
import type { RecurrenceResult, Slot } from '../../workflows/messages';
import { onBench, simulatedHardware } from '../support/bench';
import { jobSpec } from '../support/job';

const hour = (n: number) => new Date(Date.UTC(2021, 6, 1, n));

const decisionsOf = (slots: readonly Slot[]) =>
  slots.flatMap(({ attempts }) => attempts.map(({ decision }) => decision));

describe('recurrence', () => {
  it('learns over a dozen recurrences: cheaper at the end, one decision per slot, everything told is counted', async () => {
    await onBench(simulatedHardware(), async ({ jobs, job }) => {
      const spec = jobSpec({ job });
      const results: RecurrenceResult[] = [];
      for (let n = 0; n < 12; n++) results.push(await (await jobs.startRecurrence(spec, hour(n))).result());
      const { slots, totals } = await jobs.ledger(job);
      expect(slots.map(({ state }) => state.kind)).toEqual(Array.from({ length: 12 }, () => 'ran'));
      expect(new Set(slots.map(({ slot }) => slot)).size).toBe(12);
      expect(totals.told).toBe(totals.counted + totals.quarantined);
      expect(totals.quarantined).toBe(0);
      expect(results.at(-1)!.observation.joules).toBeLessThan(results[0]!.observation.joules);
      for (const { reason, considered } of decisionsOf(slots).slice(1)) {
        expect(reason.length).toBeGreaterThan(10);
        expect(considered.length).toBeGreaterThan(0);
      }
    });
  });

  it('starts once however often its slot is started', async () => {
    await onBench(simulatedHardware(), async ({ jobs, job }) => {
      const spec = jobSpec({ job });
      const handles = await Promise.all([1, 2, 3].map(() => jobs.startRecurrence(spec, hour(0))));
      await Promise.all(handles.map((handle) => handle.result()));
      const { totals } = await jobs.ledger(job);
      expect(totals.slots.ran).toBe(1);
    });
  });

  it('puts the limits back after training, also when the trainer breaks', async () => {
    const hardware = simulatedHardware();
    const broken: Trainer = {
      kind: 'simulated',
      start: async () => ({ next: () => Promise.reject(new Error('the disk is full')), stop: async () => {} }),
    };
    const [gpu] = await hardware.gpus.list();
    await hardware.gpus.setPowerLimit(gpu!.uuid, 175);
    await onBench(hardware, async ({ jobs, job }) => {
      await (await jobs.startRecurrence(jobSpec({ job }), hour(0))).result();
    });
    expect(await hardware.gpus.powerLimitWatts(gpu!.uuid)).toBe(175);
    await onBench({ ...hardware, trainer: broken }, async ({ jobs, job }) => {
      const result: RecurrenceResult = await (await jobs.startRecurrence(jobSpec({ job }), hour(0))).result();
      expect(result.observation.outcome).toBe('infrastructure');
      const { slots } = await jobs.ledger(job);
      expect(slots[0]!.state).toEqual({ kind: 'failed', failure: 'infrastructure' });
    });
    expect(await hardware.gpus.powerLimitWatts(gpu!.uuid)).toBe(175);
  });

  it('tries another batch size in the same slot when one runs out of memory', async () => {
    const hardware = simulatedHardware();
    const cramped: Trainer = {
      kind: 'simulated',
      start: async (request) => {
        if (request.batchSize < 1024) return hardware.trainer.start(request);
        const failed: TrainingEvent = { kind: 'failed', failure: 'outOfMemory', detail: 'no room', atSeconds: 1 };
        return { next: async () => failed, stop: async () => {} };
      },
    };
    await onBench({ ...hardware, trainer: cramped }, async ({ jobs, job }) => {
      const result: RecurrenceResult = await (await jobs.startRecurrence(jobSpec({ job }), hour(0))).result();
      expect(result.observation).toMatchObject({ outcome: 'converged', attempt: result.attempts });
      expect(result.observation.batchSize).toBeLessThan(1024);
      const { slots } = await jobs.ledger(job);
      expect(slots).toHaveLength(1);
      expect(slots[0]!.attempts[0]!.observation!.outcome).toBe('outOfMemory');
      expect(slots[0]!.state).toEqual({ kind: 'ran' });
    });
  });

  it('stopped by an operator teaches nothing, is on record, and puts the limits back', async () => {
    const hardware = simulatedHardware();
    const [gpu] = await hardware.gpus.list();
    const slow: Trainer = {
      kind: 'simulated',
      start: async () => ({ next: () => new Promise(() => {}), stop: async () => {} }),
    };
    await hardware.gpus.setPowerLimit(gpu!.uuid, 225);
    await onBench({ ...hardware, trainer: slow }, async ({ jobs, job }) => {
      const handle = await jobs.startRecurrence(jobSpec({ job }), hour(0));
      while ((await jobs.ledger(job).catch(() => undefined))?.slots.length !== 1)
        await new Promise((r) => setTimeout(r, 50));
      await handle.cancel();
      await expect(handle.result()).rejects.toThrow();
      const { slots, totals } = await jobs.ledger(job);
      expect(slots[0]!.state).toEqual({ kind: 'failed', failure: 'operator' });
      expect(totals.told).toBe(1);
    });
    expect(await hardware.gpus.powerLimitWatts(gpu!.uuid)).toBe(225);
  });

  it('refuses a job for another trainer, with the remedy', async () => {
    await onBench(simulatedHardware(), async ({ jobs, job }) => {
      const spec = jobSpec({ job, trainer: { kind: 'process' } });
      const result: RecurrenceResult = await (await jobs.startRecurrence(spec, hour(0))).result();
      expect(result.observation).toMatchObject({
        outcome: 'infrastructure',
        detail: expect.stringContaining('it wants trainer process, this worker has simulated'),
      });
    });
  });
});

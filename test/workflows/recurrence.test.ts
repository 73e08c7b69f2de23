import type { Trainer, TrainingEvent } from '../../activities/training/trainer';
import { CancelledFailure } from '@temporalio/client';
import { type RecurrenceResult, type Slot, retire, slotAt } from '../../workflows/messages';
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

  it('ends its slot in the ledger with the reason when there are no GPUs for it', async () => {
    await onBench(simulatedHardware(), async ({ jobs, job }) => {
      const spec = jobSpec({ job, gpus: { count: 5 } });
      await jobs.create(spec, { paused: true });
      await expect((await jobs.startRecurrence(spec, hour(0))).result()).rejects.toThrow();
      const { slots, totals } = await jobs.ledger(job);
      const why = expect.stringContaining('Cannot claim 5 GPUs of one model');
      expect(slots).toEqual([
        { slot: slotAt(hour(0)), state: { kind: 'failed', failure: 'infrastructure', why }, attempts: [] },
      ]);
      expect(totals.slots).toEqual({ ran: 0, skipped: 0, failed: 1 });
    });
  });

  it('says in a few words what ended a run that was lost', async () => {
    const long: Trainer = { kind: 'simulated', start: () => Promise.reject(new Error(`no disk ${'x'.repeat(5000)}`)) };
    await onBench({ ...simulatedHardware(), trainer: long }, async ({ jobs, job }) => {
      const { observation }: RecurrenceResult = await (await jobs.startRecurrence(jobSpec({ job }), hour(0))).result();
      expect(observation).toMatchObject({
        outcome: 'infrastructure',
        detail: expect.stringMatching(/^no disk x{492}$/),
      });
      expect((await jobs.ledger(job)).totals).toMatchObject({ told: 1, counted: 1, quarantined: 0 });
    });
  });

  it('stopped at any moment leaves no slot open, no decision in flight and no limit changed', async () => {
    const hardware = simulatedHardware();
    const slow: Trainer = {
      kind: 'simulated',
      start: async () => ({ next: () => new Promise(() => {}), stop: async () => {} }),
    };
    const [gpu] = await hardware.gpus.list();
    await hardware.gpus.setPowerLimit(gpu!.uuid, 175);
    await onBench({ ...hardware, trainer: slow }, async ({ jobs, job }) => {
      const spec = jobSpec({ job });
      await jobs.create(spec, { paused: true });
      const pauses = [0, 5, 10, 20, 30, 40, 60, 80, 120, 200];
      await Promise.all(
        pauses.map(async (milliseconds, n) => {
          const handle = await jobs.startRecurrence(spec, hour(n));
          await new Promise((resolve) => setTimeout(resolve, milliseconds));
          await handle.cancel();
          await expect(handle.result()).rejects.toMatchObject({ cause: expect.any(CancelledFailure) });
        }),
      );
      const { slots, totals } = await jobs.ledger(job);
      expect(slots.map(({ state }) => state)).toEqual(
        pauses.map(() => expect.objectContaining({ kind: 'failed', failure: 'operator' })),
      );
      expect(totals.told).toBe(totals.decisions);
    });
    expect(await hardware.gpus.powerLimitWatts(gpu!.uuid)).toBe(175);
  });

  it('stopped while it looks for GPUs, says so in the ledger', async () => {
    const hardware = simulatedHardware();
    let asked = () => {};
    let answer = () => {};
    const looking = new Promise<void>((resolve) => (asked = resolve));
    const found = new Promise<void>((resolve) => (answer = resolve));
    const list = async () => {
      asked();
      await found;
      return hardware.gpus.list();
    };
    await onBench({ ...hardware, gpus: { ...hardware.gpus, list } }, async ({ jobs, job }) => {
      const spec = jobSpec({ job });
      await jobs.create(spec, { paused: true });
      const handle = await jobs.startRecurrence(spec, hour(0));
      await looking;
      await handle.cancel();
      await expect(handle.result()).rejects.toThrow();
      answer();
      const { slots } = await jobs.ledger(job);
      expect(slots[0]).toMatchObject({ state: { kind: 'failed', failure: 'operator' }, attempts: [] });
    });
  });

  it('does not bring back the bandit of a job that was deleted meanwhile', async () => {
    const hardware = simulatedHardware();
    let asked = () => {};
    let answer = () => {};
    const looking = new Promise<void>((resolve) => (asked = resolve));
    const found = new Promise<void>((resolve) => (answer = resolve));
    const list = async () => {
      asked();
      await found;
      return hardware.gpus.list();
    };
    await onBench({ ...hardware, gpus: { ...hardware.gpus, list } }, async ({ jobs, job, bandit }) => {
      const spec = jobSpec({ job });
      await jobs.create(spec, { paused: true });
      const handle = await jobs.startRecurrence(spec, hour(0));
      await looking;
      await jobs.delete(job);
      await bandit().result();
      answer();
      await expect(handle.result()).rejects.toMatchObject({
        cause: { cause: { message: expect.stringContaining('it was deleted while its recurrence was under way') } },
      });
      expect((await bandit().describe()).status.name).toBe('COMPLETED');

      await jobs.create(spec, { paused: true });
      await (await jobs.startRecurrence(spec, hour(1))).result();
      expect((await jobs.ledger(job)).totals.slots.ran).toBe(1);
    });
  });

  it('tells nobody, and says so, when its job was deleted while it trained', async () => {
    const hardware = simulatedHardware();
    let deleteJob = async () => {};
    const trainer: Trainer = {
      kind: 'simulated',
      start: async (request) => {
        await deleteJob();
        return hardware.trainer.start(request);
      },
    };
    await onBench({ ...hardware, trainer }, async ({ jobs, job, bandit }) => {
      const spec = jobSpec({ job });
      await jobs.create(spec, { paused: true });
      deleteJob = async () => {
        await jobs.delete(job);
        await bandit().result();
      };
      const result: RecurrenceResult = await (await jobs.startRecurrence(spec, hour(0))).result();
      expect(result.observation.outcome).toBe('converged');
      expect((await bandit().describe()).status.name).toBe('COMPLETED');
    });
  });

  it('finds a bandit again when its job was created anew before the old bandit had ended', async () => {
    await onBench(simulatedHardware(), async ({ jobs, job, bandit }) => {
      const spec = jobSpec({ job });
      await jobs.create(spec, { paused: true });
      await bandit().signal(retire);
      await bandit().result();
      await (await jobs.startRecurrence(spec, hour(0))).result();
      expect((await jobs.ledger(job)).totals.slots.ran).toBe(1);
    });
  });
});

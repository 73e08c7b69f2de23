import { createSimulatedGpus } from '../../activities/gpu/simulated';
import type { TrainingEvent, Trainer } from '../../activities/training/trainer';
import type { JobSpecInput } from '../../workflows/contracts';
import type { Slot } from '../../workflows/messages';
import { type Bench, onBench } from '../support/bench';
import { jobSpec } from '../support/job';

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const everySeconds = 2;
const gpus = createSimulatedGpus({ model: 'V100', count: 1, powerLimitsWatts: [100, 250] });

/** Converges in its first epoch, after so many real seconds. */
function takingSeconds(seconds: number): Trainer {
  const event: TrainingEvent = { kind: 'epoch', epoch: 1, metric: 1, atSeconds: seconds };
  const next = async () => {
    await sleep(seconds * 1000);
    for (const { uuid } of await gpus.list()) gpus.draw(uuid, 100 * seconds);
    return event;
  };
  return { kind: 'simulated', start: async () => ({ next, stop: async () => {} }) };
}

/** The ledger after `seconds` of a job on this schedule, once nothing runs any more. */
async function ledgerAfter(
  { jobs, job }: Bench,
  schedule: JobSpecInput['schedule'],
  during: () => Promise<void>,
): Promise<readonly Slot[]> {
  await jobs.create(jobSpec({ job, schedule: { every: everySeconds, ...schedule } }));
  await during();
  await jobs.pause(job, 'enough');
  for (;;) {
    const { slots } = await jobs.ledger(job);
    if (slots.length > 0 && slots.every(({ state }) => state.kind !== 'open')) return slots;
    await sleep(200);
  }
}

const kindsOf = (slots: readonly Slot[]) => slots.map(({ state }) => state.kind);
const onSchedule = (slots: readonly Slot[]) =>
  slots.every(({ slot }) => Date.parse(slot) % (everySeconds * 1000) === 0);

describe('the ledger of a job on a schedule', () => {
  it.each([
    ['skip', { ran: 2, skipped: 2 }],
    ['bufferOne', { ran: 2, skipped: 1 }],
  ] as const)('says which slots %s left out while a run took longer than the interval', async (overlap, least) => {
    await onBench({ gpus, trainer: takingSeconds(5) }, async (bench) => {
      const slots = await ledgerAfter(bench, { overlap }, () => sleep(13_000));
      expect(onSchedule(slots)).toBe(true);
      expect(kindsOf(slots).filter((kind) => kind === 'ran').length).toBeGreaterThanOrEqual(least.ran);
      const skipped = slots.filter(({ state }) => state.kind === 'skipped');
      expect(skipped.length).toBeGreaterThanOrEqual(least.skipped);
      for (const { state } of skipped) {
        expect(state).toEqual({ kind: 'skipped', why: 'an earlier recurrence was still running' });
      }
    });
  });

  it('has every slot under allowAll, however they overlap', async () => {
    await onBench({ gpus, trainer: takingSeconds(5) }, async (bench) => {
      const slots = await ledgerAfter(bench, { overlap: 'allowAll' }, () => sleep(7000));
      expect(slots.length).toBeGreaterThanOrEqual(3);
      expect(new Set(kindsOf(slots))).toEqual(new Set(['ran']));
      const times = slots.map(({ slot }) => Date.parse(slot));
      times.slice(1).forEach((at, i) => expect(at - times[i]!).toBe(everySeconds * 1000));
    });
  });

  it('knows a paused schedule from a busy one, and is not misled by jitter or a trigger between slots', async () => {
    await onBench({ gpus, trainer: takingSeconds(0.1) }, async (bench) => {
      const { jobs, job } = bench;
      let triggered = '';
      const slots = await ledgerAfter(bench, { jitter: 1 }, async () => {
        await sleep(5000);
        await jobs.pause(job, 'for the test');
        await sleep(5000);
        triggered = new Date().toISOString();
        await jobs.trigger(job);
        await sleep(500);
        await jobs.resume(job, 'go on');
        await sleep(5000);
      });
      const ran = slots.filter(({ state }) => state.kind === 'ran');
      const skipped = slots.filter(({ state }) => state.kind === 'skipped');
      expect(ran.length).toBeGreaterThanOrEqual(4);
      expect(skipped.length).toBeGreaterThanOrEqual(1);
      expect(skipped.length).toBeLessThanOrEqual(3);
      expect(onSchedule(skipped)).toBe(true);
      for (const { state } of skipped) expect(state).toMatchObject({ why: expect.stringContaining('was paused') });
      const offSchedule = ran.filter((slot) => !onSchedule([slot]));
      for (const { slot } of offSchedule) expect(Math.abs(Date.parse(slot) - Date.parse(triggered))).toBeLessThan(2000);
      expect(offSchedule.length).toBeLessThanOrEqual(1);
      const times = slots.filter((slot) => onSchedule([slot])).map(({ slot }) => Date.parse(slot));
      times.slice(1).forEach((at, i) => expect(at - times[i]!).toBe(everySeconds * 1000));
    });
  });
});

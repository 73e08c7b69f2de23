/** How far a job is trusted, on a real server: what its runs may change at each level, and what is recorded of the rest. */
import type { WorkflowUpdateFailedError } from '@temporalio/client';
import type { GpuDriver } from '../../activities/gpu/driver';
import { holdInMemory } from '../../activities/gpu/hold';
import type { Hardware } from '../../activities/hardware';
import type { TrustLevel } from '../../policy/trust';
import { clearOverride, overrides, setOverride } from '../../workflows/messages';
import { type Bench, onBench, simulatedHardware } from '../support/bench';
import { jobSpec } from '../support/job';

const hour = (n: number) => new Date(Date.UTC(2021, 6, 1, n));

/** Remembers every limit that anybody set. */
function watchedHardware() {
  const simulated = simulatedHardware() as Required<Pick<Hardware, 'gpus' | 'trainer'>>;
  const set: number[] = [];
  const gpus: GpuDriver = {
    ...simulated.gpus,
    setPowerLimit(uuid, watts) {
      set.push(watts);
      return simulated.gpus.setPowerLimit(uuid, watts);
    },
  };
  return { set, hardware: { ...simulated, gpus, holder: holdInMemory(gpus), overrides: { allowUnsigned: true } } };
}

async function ran({ jobs, job }: Bench, n: number) {
  const spec = jobSpec({ job, batchSizes: [256, 512, 1024], trust: 'shadow' });
  const { observation } = await (await jobs.startRecurrence(spec, hour(n))).result();
  const { slots } = await jobs.ledger(job);
  return { observation, decision: slots.at(-1)!.attempts[0]!.decision };
}

const move = ({ bandit }: Bench, level: TrustLevel, seconds?: number) =>
  bandit().executeUpdate(setOverride, {
    args: [{ order: { kind: 'trust', level }, reason: 'a week went well', who: 'ann', ...(seconds && { seconds }) }],
  });

describe('a job in the shadow', () => {
  it('trains its default batch size, sets no limit, says what it would have done, and learns from what it saw', async () => {
    const { set, hardware } = watchedHardware();
    await onBench(hardware, async (bench) => {
      for (let n = 0; n < 3; n++) {
        const { observation, decision } = await ran(bench, n);
        expect(observation).toMatchObject({ outcome: 'converged', batchSize: 1024, powerLimitWatts: 250 });
        expect(observation.measurements).toMatchObject([{ batchSize: 1024, powerLimitWatts: 250, source: 'run' }]);
        expect(decision).toMatchObject({ batchSize: 1024, probes: null, costCeilingJoules: null });
        expect(decision.withheld).toMatchObject({
          level: 'shadow',
          would: { powerLimitWatts: null, mode: n === 0 ? 'first' : 'exploit' },
        });
        if (n > 0) expect(decision.considered.map((at) => at.batchSize)).toEqual([256, 512, 1024]);
      }
      // An order does not reach into the shadow.
      const pin = { kind: 'pinPowerLimit', powerLimitWatts: 150 } as const;
      await bench.bandit().executeUpdate(setOverride, { args: [{ order: pin, reason: 'why not' }] });
      await ran(bench, 3);
      expect(set).toEqual([]);
      const { totals } = await bench.jobs.ledger(bench.job);
      expect(totals).toMatchObject({ told: 4, counted: 4, quarantined: 0 });
    });
  });

  it('is promoted to its power limit, then to its batch size, and demoted again', async () => {
    const { set, hardware } = watchedHardware();
    await onBench(hardware, async (bench) => {
      await ran(bench, 0);
      await move(bench, 'power');
      const measured = await ran(bench, 1);
      expect(measured.decision).toMatchObject({ batchSize: 1024, powerLimitWatts: null, probes: null });
      expect(measured.decision.withheld?.level).toBe('power');
      expect(measured.observation.measurements.length).toBeGreaterThan(1);
      const tuned = await ran(bench, 2);
      expect(tuned.decision).toMatchObject({ batchSize: 1024, mode: 'pinned' });
      expect(tuned.decision.powerLimitWatts).toBeLessThan(250);

      await move(bench, 'full');
      const free = await ran(bench, 3);
      expect(free.decision).not.toHaveProperty('withheld');
      expect(free.decision.mode).not.toBe('pinned');

      await move(bench, 'shadow');
      const before = set.length;
      await ran(bench, 4);
      expect(set.slice(before)).toEqual([]);
    });
  });

  it('is not promoted by whoever clears orders', async () => {
    await onBench(watchedHardware().hardware, async (bench) => {
      await ran(bench, 0);
      await move(bench, 'full');
      await move(bench, 'shadow');
      const bandit = bench.bandit();
      expect(await bandit.executeUpdate(clearOverride, { args: [{ reason: 'tidy' }] })).toEqual([]);
      const { id } = (await bandit.query(overrides)).overrides[0]!;
      const failed = await bandit
        .executeUpdate(clearOverride, { args: [{ id, reason: 'tidy' }] })
        .catch((e: Error) => e);
      expect(String((failed as WorkflowUpdateFailedError).cause)).toContain('job promote and demote move that');
      expect((await ran(bench, 1)).decision.withheld?.level).toBe('shadow');
    });
  });
});

/** Which sizes are timed with a few throw-away steps, and when that ends. */
import { wattbandit } from '../../policy/batchSize';
import type { ProbePlan } from '../../policy/policy';
import { nextProbe, type Probed, type ProbeProgress } from '../../policy/probes';
import { after, anyRandom, ask, failedRun, job, measure, probesAround, profile, run } from './world';

const planAfter = (runs: Parameters<typeof after>[1], more: Parameters<typeof ask>[0] = {}) =>
  wattbandit.decide(after(wattbandit, runs), ask(more), anyRandom).probes;

describe('decide, planning probes', () => {
  it('plans all other sizes outward from the default in the first run', () => {
    expect(planAfter([])).toMatchObject({ down: [64, 32], up: [256, 512, 1024], maxShareOfRun: 0.03, maxCostRatio: 3 });
  });

  it('plans none after the first three runs on a GPU model', () => {
    const runs = [run(128, 20), run(128, 20), run(128, 20)];
    expect(planAfter(runs.slice(0, 2), { pinnedBatchSize: 128 })).not.toBeNull();
    expect(planAfter(runs, { pinnedBatchSize: 128 })).toBeNull();
    expect(
      planAfter(runs, { pinnedBatchSize: 128, gpus: { model: 'A100', count: 1, powerLimitsWatts: [300] } }),
    ).not.toBeNull();
  });

  it('leaves out what was measured, what does not fit, and what lies beyond a size that was far too dear', () => {
    const probed = run(128, 20, { measurements: [...profile(128), ...probesAround(128, [128, 256, 512])] });
    expect(planAfter([probed], { pinnedBatchSize: 128 })).toMatchObject({ down: [64, 32], up: [1024] });
    expect(
      planAfter([run(128, 20), failedRun(512, 0, 'outOfMemory', { measurements: [] })], { pinnedBatchSize: 128 }),
    ).toMatchObject({ up: [256] });
    const dear = { ...measure(64, 200, { source: 'probe' }), secondsPerEpoch: 1000 };
    expect(
      planAfter([run(128, 20, { measurements: [...profile(128), dear] })], { pinnedBatchSize: 128 })!.down,
    ).toEqual([]);
  });

  it('plans none while exploration is paused', () => {
    expect(planAfter([], { exploration: false })).toBeNull();
  });

  it('plans none in the last recurrence, which no other follows', () => {
    expect(planAfter([], { remainingRecurrences: 1 })).not.toBeNull();
    expect(planAfter([], { remainingRecurrences: 0 })).toBeNull();
  });

  it('guesses a short run before anything converged, and knows better afterwards', () => {
    expect(planAfter([])!.expectedEpochs).toBe(10);
    expect(planAfter([run(128, 40)], { pinnedBatchSize: 128 })!.expectedEpochs).toBeGreaterThan(35);
  });
});

describe('nextProbe', () => {
  const plan: ProbePlan = {
    down: [64, 32],
    up: [256, 512, 1024],
    maxShareOfRun: 0.03,
    maxCostRatio: 3,
    expectedEpochs: 10,
  };
  const start: ProbeProgress = { running: measure(128, 200), probed: [], eta: 0.5, maxPowerWatts: 250 };

  const found = (batchSize: number, slower = 1): Probed => {
    const measurement = measure(batchSize, 200, { source: 'probe' });
    return {
      batchSize,
      seconds: 1.5,
      measurement: { ...measurement, secondsPerEpoch: slower * measurement.secondsPerEpoch },
    };
  };

  const walk = (of: ProbePlan, progress: ProbeProgress, answer: (size: number) => Probed): number[] => {
    const next = nextProbe(of, progress);
    if (next === null) return progress.probed.map(({ batchSize }) => batchSize);
    return walk(of, { ...progress, probed: [...progress.probed, answer(next)] }, answer);
  };

  it('goes outward, nearest first', () => {
    expect(walk(plan, start, found)).toEqual([64, 256, 32, 512, 1024]);
  });

  it('ends a direction at a size that costs more than three times the running one, or does not fit', () => {
    expect(walk(plan, start, (size) => found(size, size < 128 ? 4 : 1))).toEqual([64, 256, 512, 1024]);
    const noRoom = (size: number): Probed =>
      size >= 512 ? { batchSize: size, seconds: 1, measurement: null } : found(size);
    expect(walk(plan, start, noRoom)).toEqual([64, 256, 32, 512]);
  });

  it('passes over sizes within three quarters of a doubling of a measured one', () => {
    const dense = { ...plan, down: [96, 64, 48, 32], up: [192, 256] };
    expect(walk(dense, start, found)).toEqual([64, 256, 32]);
  });

  it('stops before the probes take more than their share of the run', () => {
    const budget = plan.maxShareOfRun * plan.expectedEpochs * start.running.secondsPerEpoch;
    const slow = (size: number): Probed => ({ ...found(size), seconds: budget / 3.5 });
    expect(walk(plan, start, slow)).toHaveLength(3);
    expect(nextProbe(plan, { ...start, running: { ...start.running, secondsPerEpoch: 1 } })).toBeNull();
  });

  it('has nothing to do for a job with one batch size', () => {
    expect(nextProbe({ ...plan, down: [], up: [] }, start)).toBeNull();
    const single = { ...job, batchSizes: [128] };
    expect(wattbandit.decide(wattbandit.begin(single), ask({ job: single }), anyRandom).probes).toBeNull();
  });
});

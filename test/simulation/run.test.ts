import fc from 'fast-check';
import { join } from 'node:path';
import { epochCostJoules } from '../../policy/cost';
import type { Decision, ProbePlan } from '../../policy/policy';
import { createRandom } from '../../policy/random';
import type { Charging } from '../../simulation/charging';
import { costOf, run } from '../../simulation/run';
import { loadTraces } from '../../simulation/traces';
import { windowCharging } from '../../simulation/windowCharging';
import type { World } from '../../simulation/world';
import { zeusCharging } from '../../simulation/zeusCharging';

const worlds = ['v100', 'a40', 'rtx6000'].flatMap((gpu) => loadTraces(join(__dirname, '../../data/zeus'), gpu));

function decisionFor(batchSize: number, more: Partial<Decision> = {}): Decision {
  return {
    id: '0/1',
    policy: 'test',
    batchSize,
    powerLimitWatts: null,
    pace: { kind: 'free' },
    costCeilingJoules: null,
    mode: 'explore',
    objective: { eta: 0.5 },
    probes: null,
    reason: '',
    incumbent: null,
    considered: [],
    ...more,
  };
}

function play(world: World, decision: Decision, charging: Charging, targetEpochs?: number | null) {
  const scripted = targetEpochs === undefined ? world : { ...world, drawEpochs: () => targetEpochs };
  const observation = run(
    { world: scripted, decision, slot: '0', attempt: 1, charging, lostAfter: null },
    createRandom(1),
  );
  return { ...observation, cost: costOf(observation, world, decision.objective.eta) };
}

/** Two limits, twelve steps per epoch of size 8: 200 J and 2 s an epoch at 100 W, 300 J and 1 s at 300 W. */
const small: World = {
  job: { id: 'small', batchSizes: [4, 8, 16], defaultBatchSize: 8, maxEpochs: 20 },
  gpus: { model: 'toy', count: 1, powerLimitsWatts: [100, 300] },
  samplesPerEpoch: 800,
  drawEpochs: () => 10,
  measure: (_, watts) =>
    watts === 100 ? { secondsPerEpoch: 2, averageWatts: 100 } : { secondsPerEpoch: 1, averageWatts: 300 },
  powerLimitsFor: () => [100, 300],
  outcomesOf: () => [10],
};

describe('zeusCharging', () => {
  it('charges the first epoch of a size with the mean over all limits', () => {
    const energy = { objective: { eta: 1 } };
    expect(play(small, decisionFor(8, energy), zeusCharging)).toMatchObject({
      powerLimitWatts: 100,
      seconds: 1.5 + 9 * 2,
      joules: 250 + 9 * 200,
    });
    expect(play(small, decisionFor(8, { ...energy, powerLimitWatts: 100 }), zeusCharging)).toMatchObject({
      seconds: 20,
      joules: 2000,
      measurements: [],
    });
  });

  it('knows the profile even of a size that cannot run a single epoch, for nothing', () => {
    const found = play(small, decisionFor(8, { costCeilingJoules: 100 }), zeusCharging);
    expect(found).toMatchObject({ outcome: 'tooDear', epochs: 0, seconds: 0, joules: 0 });
    expect(found.measurements.map((at) => at.powerLimitWatts)).toEqual([300, 100]);
  });
});

describe('windowCharging', () => {
  it('spends 50 steps at each limit, from the highest down, and they count as training', () => {
    // 100 steps an epoch: half an epoch at each limit, the rest at the best for energy.
    expect(play(small, decisionFor(8, { objective: { eta: 1 } }), windowCharging)).toMatchObject({
      powerLimitWatts: 100,
      epochs: 10,
      seconds: 0.5 * 1 + 9.5 * 2,
      joules: 0.5 * 300 + 9.5 * 200,
    });
  });

  it('spends 5 s at each limit where steps cannot be counted', () => {
    const decision = decisionFor(8, { objective: { eta: 1 } });
    // 5 s are 5 epochs at 300 W and 2.5 at 100 W.
    const found = play({ ...small, samplesPerEpoch: null }, decision, windowCharging);
    expect(found.seconds).toBeCloseTo(5 + 5 * 2, 9);
    expect(found.joules).toBeCloseTo(5 * 300 + 5 * 200, 9);
  });

  it('profiles no longer than the run lasts', () => {
    const found = play({ ...small, samplesPerEpoch: null }, decisionFor(8), windowCharging, 3);
    expect(found).toMatchObject({ epochs: 3, seconds: 3, outcome: 'converged', measurements: [] });
  });

  it('pays for the windows that show a size to be too dear', () => {
    const found = play(small, decisionFor(8, { objective: { eta: 1 }, costCeilingJoules: 160 }), windowCharging);
    expect(found).toMatchObject({ outcome: 'tooDear', epochs: 0, joules: 150, seconds: 0.5 });
    expect(found.measurements).toHaveLength(1);
  });

  it('charges probes on top of the run', () => {
    const probes: ProbePlan = { down: [4], up: [16], maxShareOfRun: 1, expectedEpochs: 10, maxCostRatio: 3 };
    const profiled = { objective: { eta: 1 }, powerLimitWatts: 100 };
    const found = play(small, decisionFor(8, { ...profiled, probes }), windowCharging);
    // Each takes a dozen steps or a second, whichever is longer: 12 of 200 and of 50 steps an epoch take 0.12 s and 0.48 s.
    expect(found).toMatchObject({ seconds: 20 + 1 + 1, joules: 2000 + 200 });
    expect(found.measurements).toMatchObject([
      { batchSize: 4, powerLimitWatts: 100, source: 'probe' },
      { batchSize: 16, powerLimitWatts: 100, source: 'probe' },
    ]);
  });
});

describe('a run', () => {
  const anything = fc.record({
    world: fc.constantFrom(...worlds),
    size: fc.nat(100),
    limit: fc.option(fc.nat(100)),
    ceilingEpochs: fc.option(fc.double({ min: 0, max: 30, noNaN: true })),
    eta: fc.double({ min: 0, max: 1, noNaN: true }),
    probing: fc.boolean(),
    target: fc.option(fc.integer({ min: 1, max: 120 })),
  });
  const pick = <Value>(values: readonly Value[], index: number): Value => values[index % values.length]!;

  function decide({
    world,
    size,
    limit,
    ceilingEpochs,
    eta,
    probing,
  }: typeof anything extends fc.Arbitrary<infer T> ? T : never) {
    const batchSize = pick(world.job.batchSizes, size);
    const limits = world.powerLimitsFor(batchSize);
    const powerLimitWatts = limit === null ? null : pick(limits, limit);
    const at = {
      ...world.measure(batchSize, limits[0]!),
      batchSize,
      powerLimitWatts: limits[0]!,
      source: 'run',
    } as const;
    const unit = epochCostJoules(at, eta, Math.max(...world.gpus.powerLimitsWatts));
    const others = world.job.batchSizes;
    return decisionFor(batchSize, {
      objective: { eta },
      powerLimitWatts,
      costCeilingJoules: ceilingEpochs === null ? null : ceilingEpochs * unit,
      probes: !probing
        ? null
        : {
            down: others.filter((other) => other < batchSize).toReversed(),
            up: others.filter((other) => other > batchSize),
            maxShareOfRun: 0.05,
            expectedEpochs: 5,
            maxCostRatio: 3,
          },
    });
  }

  it('never exceeds its ceiling, profiling and probing included', () => {
    fc.assert(
      fc.property(anything, (given) => {
        const decision = decide(given);
        const { cost } = play(given.world, decision, windowCharging, given.target);
        expect(cost).toBeLessThanOrEqual((decision.costCeilingJoules ?? Infinity) * (1 + 1e-9));
      }),
      { numRuns: 1000 },
    );
  });

  it("never exceeds its ceiling in Zeus's way either, but for the first epoch of a size", () => {
    fc.assert(
      fc.property(anything, (given) => {
        const decision = decide({ ...given, limit: given.limit ?? 0 });
        const { cost } = play(given.world, decision, zeusCharging, given.target);
        expect(cost).toBeLessThanOrEqual((decision.costCeilingJoules ?? Infinity) * (1 + 1e-9));
      }),
    );
  });

  it('converges exactly if it may run as long as it needs to', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(zeusCharging, windowCharging), (given, charging) => {
        const found = play(given.world, decide(given), charging, given.target);
        const { maxEpochs } = given.world.job;
        expect(found.epochs).toBeLessThanOrEqual(maxEpochs);
        if (found.outcome === 'converged') expect(found.epochs).toBe(given.target);
        else expect(found.epochs).toBeLessThan(given.target ?? Infinity);
        expect(found.reachedEpochLimit).toBe(found.epochs === maxEpochs);
        expect(found.outcome === 'diverged').toBe(found.epochs === maxEpochs && given.target !== maxEpochs);
      }),
    );
  });

  it('costs the same either way once there is nothing to measure', () => {
    fc.assert(
      fc.property(anything, (given) => {
        const decision = decide({ ...given, limit: given.limit ?? 0, probing: false });
        const { cost, epochs } = play(given.world, decision, windowCharging, given.target);
        const zeus = play(given.world, decision, zeusCharging, given.target);
        expect(epochs).toBe(zeus.epochs);
        expect(Math.abs(cost - zeus.cost)).toBeLessThanOrEqual(1e-9 * zeus.cost);
      }),
    );
  });

  it('that is lost teaches only what was measured', () => {
    const decision = decisionFor(8);
    const lost = run(
      { world: small, decision, slot: '0', attempt: 1, charging: windowCharging, lostAfter: 0.5 },
      createRandom(1),
    );
    const whole = play(small, decision, windowCharging);
    expect(lost).toMatchObject({ outcome: 'infrastructure', epochs: 5, joules: whole.joules / 2 });
    expect(lost.measurements).toEqual(whole.measurements);
  });
});

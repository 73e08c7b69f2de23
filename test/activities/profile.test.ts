import fc from 'fast-check';
import { type ProfilePlan, type Profiler, createProfiler } from '../../activities/gpu/profile';
import { type Circumstances, windowRules } from '../../activities/gpu/profileWindow';
import type { PowerMeasurement } from '../../policy/facts';

interface Gpu {
  /** Between two reports. */
  readonly reportSeconds?: number;
  /** Seconds of an epoch, times the limit in watts. */
  readonly work?: (seconds: number) => number;
  readonly circumstances?: (step: number, limit: number) => Circumstances;
  readonly clamp?: (watts: number) => number;
  /** How long the driver takes to set a limit. */
  readonly setSeconds?: number;
  readonly mostSteps?: number;
}

const plan = (changes: Partial<ProfilePlan> = {}): ProfilePlan => ({
  batchSize: 64,
  limitsWatts: [100, 150, 200, 250],
  rules: windowRules.exact,
  ...changes,
});

/** A GPU that trains an epoch in 1000/limit seconds and draws the limit; every report is an event. */
function profileOn(of: ProfilePlan, gpu: Gpu = {}) {
  const { reportSeconds = 0.1, work = () => 1000, circumstances = () => ({}), mostSteps = 10_000 } = gpu;
  const { clamp = (watts: number) => watts, setSeconds = 0 } = gpu;
  let profiler: Profiler = createProfiler(of);
  let reading = { epochs: 0, seconds: 0, joules: 0 };
  const held: number[] = [];
  const set = () => {
    for (let wanted; profiler.limitWatts !== undefined && wanted !== profiler.limitWatts;) {
      wanted = profiler.limitWatts;
      profiler = profiler.hold(clamp(wanted), reading.seconds + setSeconds);
    }
  };
  set();
  for (let step = 0; profiler.limitWatts !== undefined && step < mostSteps; step++) {
    const inForce = clamp(profiler.limitWatts);
    held.push(profiler.limitWatts);
    reading = {
      epochs: reading.epochs + (reportSeconds * inForce) / work(reading.seconds),
      seconds: reading.seconds + reportSeconds,
      joules: reading.joules + inForce * reportSeconds,
    };
    profiler = profiler.advance(reading, circumstances(step, profiler.limitWatts));
    set();
  }
  return { profiler, held, seconds: reading.seconds, measurements: profiler.measurements };
}

const limitsOf = (measurements: readonly PowerMeasurement[]) => measurements.map((at) => at.powerLimitWatts);
const doubtsOf = (measurements: readonly PowerMeasurement[]) => measurements.map(({ doubt }) => doubt);
const counter = plan({ rules: windowRules.counter });

describe('createProfiler', () => {
  it('measures every limit from high to low, two readings each, where energy is exact', () => {
    const { held, measurements } = profileOn(plan({ limitsWatts: [100, 150, 250] }));
    expect(held).toEqual([250, 250, 150, 150, 100, 100]);
    expect(limitsOf(measurements)).toEqual([250, 150, 100]);
  });

  it('gets speed and power of each limit right', () => {
    for (const rules of Object.values(windowRules)) {
      const { measurements, profiler } = profileOn(plan({ rules }));
      expect(limitsOf(measurements)).toEqual([250, 200, 150, 100]);
      expect(profiler.isWhole).toBe(true);
      for (const at of measurements) {
        expect(at.secondsPerEpoch).toBeCloseTo(1000 / at.powerLimitWatts, 6);
        expect(at.averageWatts).toBeCloseTo(at.powerLimitWatts, 6);
        expect(at).toMatchObject({ batchSize: 64, source: 'profile' });
      }
    }
  });

  it('lets a ticking counter’s limit settle, measures long enough, and measures the first one again', () => {
    const { held, seconds } = profileOn(counter);
    expect([held[0], held.at(-1)]).toEqual([250, 250]);
    const { settleSeconds, windowSeconds } = windowRules.counter;
    expect(seconds).toBeGreaterThanOrEqual(5 * (settleSeconds + windowSeconds));
    expect(seconds).toBeLessThan(5 * (settleSeconds + windowSeconds + 0.3));
  });

  it('waits for at least one report where reports are rare', () => {
    const { held } = profileOn(counter, { reportSeconds: 20 });
    expect(held).toEqual([250, 250, 200, 200, 150, 150, 100, 100, 250, 250]);
  });

  it('counts the settling from when the limit was in force, not from when it was asked for', () => {
    const slow = profileOn(counter, { setSeconds: 3 });
    expect(slow.seconds - profileOn(counter).seconds).toBeGreaterThan(5 * 2.8);
  });

  it('has nothing to do without limits', () => {
    expect(createProfiler(plan({ limitsWatts: [] })).limitWatts).toBeUndefined();
  });

  it('goes on with a window in which nothing moved, instead of dividing by zero', () => {
    const still = createProfiler(plan({ limitsWatts: [100] }))
      .advance({ epochs: 1, seconds: 1, joules: 1 })
      .advance({ epochs: 1, seconds: 2, joules: 2 });
    expect(still.measurements).toEqual([]);
    expect(still.advance({ epochs: 2, seconds: 3, joules: 3 }).measurements).toHaveLength(1);
  });

  it('measures only what earlier runs did not', () => {
    const known = [200, 250].map((powerLimitWatts): PowerMeasurement => ({
      batchSize: 64,
      powerLimitWatts,
      secondsPerEpoch: 5,
      averageWatts: 200,
      source: 'profile',
    }));
    const { held, profiler } = profileOn(plan({ known }));
    expect(held).toEqual([150, 150, 100, 100]);
    expect(profiler.isWhole).toBe(true);
  });

  it('says that a profile is not whole until its last limit is measured', () => {
    expect(profileOn(counter, { mostSteps: 5 }).profiler.isWhole).toBe(false);
    const { profiler } = profileOn(counter, { mostSteps: 155 });
    expect([profiler.limitWatts, profiler.isWhole]).toEqual([250, true]);
  });

  describe('doubts', () => {
    it('all limits when the first one changed by more than 3 % meanwhile, and keeps them', () => {
      const drifting = (percent: number) => (seconds: number) => 1000 * (1 + (percent / 100) * (seconds / 15));
      expect(doubtsOf(profileOn(counter, { work: drifting(1) }).measurements)).toEqual(Array(4).fill(undefined));
      expect(doubtsOf(profileOn(counter, { work: drifting(6) }).measurements)).toEqual(Array(4).fill('drift'));
    });

    it('sampled power where iterations keep step with the samples', () => {
      const sampled = plan({ rules: windowRules.sampled, limitsWatts: [250] });
      const doubtAt = (iterationsPerEpoch: number, of = sampled) =>
        doubtsOf(profileOn(of, { circumstances: () => ({ iterationsPerEpoch }) }).measurements);
      // 4 s an epoch: 20 iterations take 200 ms each.
      expect(doubtAt(20)).toEqual(['aliasing']);
      expect(doubtAt(20.5)).toEqual(['aliasing']);
      expect(doubtAt(16)).toEqual([undefined]);
      expect(doubtAt(20, plan({ rules: windowRules.counter, limitsWatts: [250] }))).toEqual([undefined]);
    });

    it('a window that is disturbed each time, after two more tries', () => {
      const quiet = profileOn(counter).seconds;
      const circumstances = (_: number, limit: number) => ({ disturbed: limit === 150 });
      const { measurements, seconds } = profileOn(counter, { circumstances });
      expect(doubtsOf(measurements)).toEqual([undefined, undefined, 'disturbed', undefined]);
      expect(seconds - quiet).toBeGreaterThan(1);
      expect(seconds - quiet).toBeLessThan(2 * 4);
    });
  });

  it('begins a disturbed window anew, and measures what came after', () => {
    const once = (step: number) => ({ disturbed: step === 20 });
    const { measurements, seconds } = profileOn(counter, { circumstances: once });
    expect(doubtsOf(measurements)).toEqual(Array(4).fill(undefined));
    expect(seconds).toBeGreaterThan(profileOn(counter).seconds + 0.5);
  });

  it('skips limits above what something outside the driver enforces, and is not whole then', () => {
    const { measurements, profiler } = profileOn(counter, {
      circumstances: (_, limit) => ({ enforcedWatts: Math.min(limit, 180) }),
    });
    expect(limitsOf(measurements)).toEqual([150, 100]);
    expect(profiler.isWhole).toBe(false);
    const none = profileOn(counter, { circumstances: () => ({ enforcedWatts: 50 }) });
    expect([none.measurements, none.profiler.limitWatts]).toEqual([[], undefined]);
  });

  it('measures limits that are clamped to one another once, under one that brings the same limit back', () => {
    const between = (low: number, high: number) => (watts: number) => Math.min(high, Math.max(low, watts));
    const limits = (clamp: (watts: number) => number) => limitsOf(profileOn(plan(), { clamp }).measurements);
    expect(limits(between(0, 210))).toEqual([250, 200, 150, 100]);
    expect(limits(between(0, 180))).toEqual([200, 150, 100]);
    expect(limits(between(160, 300))).toEqual([250, 200, 150]);
    expect(limits((watts) => watts - 0.4)).toEqual([250, 200, 150, 100]);
  });

  it('ends with every limit measured once, from high to low, whatever happens', () => {
    const limits = fc.uniqueArray(fc.integer({ min: 20, max: 28 }), { minLength: 1, maxLength: 8 });
    const rules = fc.constantFrom(...Object.values(windowRules));
    const disturbances = fc.array(fc.boolean(), { maxLength: 300 });
    const reports = fc.double({ min: 0.05, max: 30, noNaN: true });
    fc.assert(
      fc.property(limits, rules, disturbances, reports, (twentyFives, by, disturbed, reportSeconds) => {
        const limitsWatts = twentyFives.map((n) => 25 * n);
        const { measurements, profiler } = profileOn(plan({ limitsWatts, rules: by }), {
          reportSeconds,
          circumstances: (step) => ({ disturbed: disturbed[step] === true }),
        });
        expect(limitsOf(measurements)).toEqual(limitsWatts.toSorted((a, b) => b - a));
        expect(profiler.isWhole).toBe(true);
        for (const at of measurements) expect(at.secondsPerEpoch * at.powerLimitWatts).toBeCloseTo(1000, 3);
      }),
      { numRuns: 60 },
    );
  });
});

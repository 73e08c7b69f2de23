import fc from 'fast-check';
import { counterfactualOf } from '../../policy/counterfactual';
import { savingsOf } from '../../policy/savings';
import { anyLimit, anySignals, profile, record } from './world';

const maxPowerWatts = 250;
const once = { numRuns: 30 };

describe('savingsOf', () => {
  it('saves nothing against maximum power in a run held there, whatever the grid and the errors of the profile', () => {
    fc.assert(
      fc.property(anySignals, (signals) => {
        const run = record(
          signals.map(() => maxPowerWatts),
          signals,
        );
        const { againstMaxPower, slowdown } = savingsOf('a', [run])!;
        for (const share of Object.values(againstMaxPower!)) expect(share).toBeCloseTo(0, 9);
        expect(slowdown).toBeCloseTo(0, 9);
      }),
      once,
    );
  });

  it('equals the best static cap in a run held at one limit of the hull', () => {
    fc.assert(
      fc.property(anyLimit, anySignals, (limit, signals) => {
        const run = record(
          signals.map(() => limit),
          signals,
        );
        const { againstStatic } = savingsOf('a', [run])!;
        expect(againstStatic!.saved).toBeCloseTo(0, 9);
        expect(againstStatic!.from).toBeLessThanOrEqual(1e-9);
      }),
      once,
    );
  });

  it('is what slowing down in dirty hours gained over the same time spread evenly', () => {
    const wise = savingsOf('a', [record([150, 250], [900, 100])])!;
    const foolish = savingsOf('a', [record([250, 150], [900, 100])])!;
    expect(wise.againstStatic!.saved).toBeGreaterThan(0.05);
    expect(foolish.againstStatic!.saved).toBeLessThan(-0.05);
    expect(wise.againstMaxPower!.saved).toBeGreaterThan(wise.againstStatic!.saved);
  });

  it('does not depend on the gain of the sensor', () => {
    const run = record([150, 250], [900, 100]);
    const louder = { ...run, intervals: run.intervals.map((one) => ({ ...one, joules: one.joules * 1.05 })) };
    expect(savingsOf('a', [louder])!.againstMaxPower!.saved).toBeCloseTo(
      savingsOf('a', [run])!.againstMaxPower!.saved,
      9,
    );
  });

  it('gives an interval around the share, the same each time, that shrinks with the number of runs', () => {
    const runs = [record([150], [300]), record([250], [300]), record([200], [300])];
    const few = savingsOf('a', runs)!.againstMaxPower!;
    const many = savingsOf('a', Array.from({ length: 20 }, () => runs).flat())!.againstMaxPower!;
    expect(savingsOf('a', runs)!.againstMaxPower).toEqual(few);
    expect(few.from).toBeLessThan(few.saved - 0.03);
    expect(few.to).toBeGreaterThan(few.saved + 0.03);
    expect(many.to - many.from).toBeLessThan((few.to - few.from) / 2);
  });

  it('compares no run with a limit that was not measured, or without a signal', () => {
    const unmeasured = { ...record([150], [300]), profile: profile.slice(3) };
    expect(savingsOf('a', [unmeasured, record([150], [null])])).toBeNull();
    expect(savingsOf('a', [unmeasured, record([150], [300])])).toMatchObject({ runs: 1 });
  });

  it('compares the hours whose signal is known with as much of the other run', () => {
    const half = savingsOf('a', [record([250, 250], [300, null])])!;
    expect(half.againstMaxPower!.saved).toBeCloseTo(0, 9);
    expect(half.sums.maxPower).toBeCloseTo(savingsOf('a', [record([250], [300])])!.sums.maxPower, 9);
  });

  it('tells no share of money that would not have been paid', () => {
    expect(savingsOf('a', [{ ...record([150], [-0.1]), kind: 'price' }])!.againstMaxPower).toBeNull();
  });
});

describe('counterfactualOf', () => {
  it('shares time between neighbours of the hull: between two limits, the energy of the line between them', () => {
    // 1 epoch in 100 s and 1 in 120 s: 110 s an epoch, (22 000 + 17 400) / 2 J; the line from 200 W to 150 W has less.
    const limits = [
      { powerLimitWatts: 250, seconds: 100, joules: 22_000 },
      { powerLimitWatts: 150, seconds: 120, joules: 17_400 },
    ];
    const { maxPower, staticCap } = counterfactualOf(limits, profile)!;
    expect(maxPower.seconds).toBeCloseTo(200 / 220, 12);
    expect(maxPower.joules).toBeCloseTo(44_000 / 39_400, 12);
    const [at200, at150] = [105 * 185, 120 * 145];
    expect(staticCap.joules).toBeCloseTo((2 * (at200 + (at150 - at200) / 3)) / 39_400, 12);
  });

  it('has no static cap that takes more energy than the run itself', () => {
    const anyHeld = fc.record({ limit: anyLimit, seconds: fc.double({ min: 1, max: 1e5, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(anyHeld, { minLength: 1, maxLength: 5 }), (held) => {
        const limits = held.map(({ limit, seconds }) => ({ powerLimitWatts: limit, seconds, joules: 0 }));
        expect(counterfactualOf(limits, profile)!.staticCap.joules).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
});

import fc from 'fast-check';
import { etaAtRatio, etaInSlot, etaTowardsEnd, limitAt, type Weighing } from '../../policy/gridWeight';
import { anyEta, anyProfile, anyRatio, run } from './gridWorld';

const odds = (eta: number) => eta / (1 - eta);
const anyWeighing: fc.Arbitrary<Weighing> = fc.record({
  profile: anyProfile,
  eta: anyEta,
  maxPowerWatts: fc.constant(400),
});

describe('etaAtRatio', () => {
  it('is exactly η where the signal is at its reference', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (eta) => expect(etaAtRatio(eta, 1)).toBe(eta)));
  });

  it('multiplies the odds of η by the ratio', () => {
    fc.assert(
      fc.property(anyEta, anyRatio, (eta, ratio) => {
        expect(odds(etaAtRatio(eta, ratio)) / (odds(eta) * ratio)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('stays within 0 and 1, and leaves a run alone that knows only time or only energy', () => {
    fc.assert(
      fc.property(anyRatio, (ratio) => {
        expect(etaAtRatio(0, ratio)).toBe(0);
        expect(etaAtRatio(1, ratio)).toBe(1);
      }),
    );
  });
});

describe('etaTowardsEnd', () => {
  it('is the odds form where the signal will be at the end what it is now', () => {
    fc.assert(
      fc.property(anyWeighing, anyRatio, (of, ratio) => {
        expect(etaTowardsEnd(of, ratio, ratio)).toBe(etaAtRatio(of.eta, ratio));
        // The general way leads to the same.
        expect(etaTowardsEnd(of, ratio, ratio * (1 + 1e-12))).toBeCloseTo(etaAtRatio(of.eta, ratio), 6);
      }),
    );
  });

  it('slows down as the present gets dirtier, and speeds up as the end does', () => {
    fc.assert(
      fc.property(anyWeighing, anyRatio, anyRatio, anyRatio, (of, a, b, other) => {
        const [clean, dirty] = [Math.min(a, b), Math.max(a, b)];
        expect(etaTowardsEnd(of, dirty, other)).toBeGreaterThanOrEqual(etaTowardsEnd(of, clean, other) * (1 - 1e-9));
        expect(etaTowardsEnd(of, other, dirty)).toBeLessThanOrEqual(etaTowardsEnd(of, other, clean) * (1 + 1e-9));
      }),
    );
  });

  it('picks the limit that gains most when an epoch is worth what it will cost at the end', () => {
    fc.assert(
      fc.property(anyWeighing, anyRatio, anyRatio, (of, now, end) => {
        const timeWatts = ((1 - of.eta) / of.eta) * of.maxPowerWatts;
        const costAtEnd = of.profile.map((limit) => (limit.averageWatts * end + timeWatts) * limit.secondsPerEpoch);
        const value = Math.min(...costAtEnd);
        const gain = of.profile.map((limit) => value / limit.secondsPerEpoch - limit.averageWatts * now);
        const chosen = limitAt(of, etaTowardsEnd(of, now, end));
        const best = Math.max(...gain);
        // A negative gain everywhere means that no limit is slow enough; then it is the one of least energy.
        if (best > 0)
          expect(gain[of.profile.indexOf(chosen)]).toBeGreaterThanOrEqual(best - 1e-6 * Math.abs(value / 100));
      }),
    );
  });
});

describe('etaInSlot', () => {
  it('is Chase’s equation 6 for `chase`, with its reference for the highest intensity', () => {
    fc.assert(
      fc.property(
        anyWeighing,
        fc.integer({ min: 5, max: 900 }),
        fc.integer({ min: 50, max: 900 }),
        (of, now, maxCi) => {
          const cost = of.profile.map(
            (limit) =>
              (of.eta * limit.averageWatts * now + (1 - of.eta) * of.maxPowerWatts * maxCi) * limit.secondsPerEpoch,
          );
          fc.pre(now >= 0.01 * maxCi);
          const chosen = limitAt(of, etaInSlot(of, 'chase', { now, atEnd: 1, reference: maxCi }));
          expect(cost[of.profile.indexOf(chosen)]).toBeLessThanOrEqual(Math.min(...cost) * (1 + 1e-9));
        },
      ),
    );
  });

  it('does not care for the unit of the signal', () => {
    fc.assert(
      fc.property(anyWeighing, anyRatio, anyRatio, fc.constantFrom(0.001, 0.125, 8, 1000), (of, now, atEnd, unit) => {
        const one = etaInSlot(of, 'wattbandit', { now, atEnd, reference: 1 });
        const other = etaInSlot(of, 'wattbandit', { now: now * unit, atEnd: atEnd * unit, reference: unit });
        expect(other).toBeCloseTo(one, 9);
      }),
    );
  });

  it('goes about as fast as it can while electricity costs nothing or less', () => {
    for (const price of [0, -0.5, -400]) {
      const eta = etaInSlot(run, 'wattbandit', { now: price, atEnd: 80, reference: 80 });
      expect(limitAt(run, eta).powerLimitWatts).toBe(300);
    }
  });

  it('is the job’s own η without anything to compare, and for `static`', () => {
    const signals = { now: 500, atEnd: 400, reference: 300 };
    expect(etaInSlot(run, 'static', signals)).toBe(run.eta);
    expect(etaInSlot(run, 'wattbandit', { ...signals, now: null })).toBe(run.eta);
    expect(etaInSlot(run, 'wattbandit', { ...signals, reference: null })).toBe(run.eta);
    expect(etaInSlot(run, 'wattbandit', { ...signals, reference: -20 })).toBe(run.eta);
  });
});

import fc from 'fast-check';
import { etaForDeadline } from '../../policy/deadline';
import { limitAt, type Weighing } from '../../policy/gridWeight';
import { a40, anyProfile, run } from './gridWorld';

const secondsOf = (of: Weighing, eta: number) => limitAt(of, eta).secondsPerEpoch;

describe('etaForDeadline', () => {
  it('never lets a run end late, however wrong the forecast', () => {
    const signals = fc.array(fc.double({ min: 0.01, max: 10, noNaN: true }), { minLength: 48, maxLength: 48 });
    fc.assert(
      fc.property(
        anyProfile,
        signals,
        signals,
        fc.double({ min: 0, max: 0.4, noNaN: true }),
        (profile, real, wrong, slack) => {
          const of: Weighing = { profile, eta: 1, maxPowerWatts: 400 };
          let [work, left] = [10 * 3600, 10 * 3600 * (1 + slack)];
          const allowed = left;
          let taken = 0;
          for (let slot = 0; work > 1e-6; slot++) {
            const slots = Array.from({ length: Math.ceil(left / 3600) }, (_, ahead) => ({
              seconds: Math.min(3600, left - ahead * 3600),
              signal: ahead === 0 ? real[slot]! : wrong[(slot + ahead) % 48]!,
            }));
            const speed = secondsOf(of, 0) / secondsOf(of, etaForDeadline(of, work, slots));
            const seconds = Math.min(3600, work / speed);
            [work, left, taken] = [work - seconds * speed, left - seconds, taken + seconds];
          }
          expect(taken).toBeLessThanOrEqual(allowed * (1 + 1e-9));
        },
      ),
    );
  });

  it('is slow in dirty slots and fast in clean ones', () => {
    const of: Weighing = { profile: a40, eta: 1, maxPowerWatts: 300 };
    const slots = [9, 1, 1, 1].map((signal) => ({ seconds: 3600, signal }));
    const clean = [1, 9, 1, 1].map((signal) => ({ seconds: 3600, signal }));
    const work = 4 * 3600 * 0.97;
    expect(limitAt(of, etaForDeadline(of, work, slots)).powerLimitWatts).toBeLessThan(
      limitAt(of, etaForDeadline(of, work, clean)).powerLimitWatts,
    );
  });

  it('goes as fast as it can when it is late already', () => {
    expect(etaForDeadline(run, 3601, [{ seconds: 3600, signal: 5 }])).toBe(0);
    expect(etaForDeadline(run, 10, [])).toBe(0);
  });
});

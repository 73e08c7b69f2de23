import fc from 'fast-check';
import { epochCostJoules, maxPowerWatts, zeusCostJoules } from '../../policy/cost';

const positive = fc.double({ min: 1e-3, max: 1e9, noNaN: true });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('maxPowerWatts', () => {
  it('is the highest limit over all GPUs of the run', () => {
    expect(maxPowerWatts({ model: 'v100', count: 4, powerLimitsWatts: [100, 250, 200] })).toBe(1000);
  });
});

describe('zeusCostJoules', () => {
  it('is energy alone at η 1, and MAXPOWER times time at η 0', () => {
    expect(zeusCostJoules(3000, 20, 1, 250)).toBe(3000);
    expect(zeusCostJoules(3000, 20, 0, 250)).toBe(5000);
  });

  it('is what the Zeus server computes for its own test report', () => {
    // Zeus, test_server.py: η 0.5, max_power 3000, 14.438 s, 3000.123 J.
    expect(zeusCostJoules(3000.123, 14.438, 0.5, 3000)).toBeCloseTo(23157.0615, 9);
  });

  it('lies between the two whatever η is', () => {
    fc.assert(
      fc.property(positive, positive, share, (joules, seconds, eta) => {
        const cost = zeusCostJoules(joules, seconds, eta, 300);
        const slack = 1e-9 * Math.max(joules, 300 * seconds);
        expect(cost).toBeGreaterThanOrEqual(Math.min(joules, 300 * seconds) - slack);
        expect(cost).toBeLessThanOrEqual(Math.max(joules, 300 * seconds) + slack);
      }),
    );
  });
});

describe('epochCostJoules', () => {
  it('is the cost of one epoch at its speed and power', () => {
    fc.assert(
      fc.property(
        positive,
        fc.double({ min: 1, max: 1000, noNaN: true }),
        share,
        (secondsPerEpoch, averageWatts, eta) => {
          const at = { batchSize: 1, powerLimitWatts: 250, secondsPerEpoch, averageWatts, source: 'profile' } as const;
          const whole = zeusCostJoules(averageWatts * secondsPerEpoch, secondsPerEpoch, eta, 250);
          expect(Math.abs(epochCostJoules(at, eta, 250) / whole - 1)).toBeLessThan(1e-12);
        },
      ),
    );
  });
});

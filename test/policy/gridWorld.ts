/** Profiles and readings for the tests of what follows the grid. */
import fc from 'fast-check';
import type { WeighContext, WeighFacts } from '../../policy/carbon';
import type { PowerMeasurement } from '../../policy/facts';
import type { SignalReading } from '../../policy/forecast';
import { usualStaleAfterSeconds } from '../../policy/signals';

export function at(powerLimitWatts: number, secondsPerEpoch: number, averageWatts: number): PowerMeasurement {
  return { batchSize: 8, powerLimitWatts, secondsPerEpoch, averageWatts, source: 'profile' };
}

/** An A40 and ResNet-50, batch 128, by Zeus's traces, per 1/100 epoch. */
export const a40: readonly PowerMeasurement[] = [
  at(150, 61.47, 144.3),
  at(175, 44.63, 160.9),
  at(200, 39.92, 179.2),
  at(225, 38.62, 198.4),
  at(250, 38.04, 216.2),
  at(275, 37.77, 230.8),
  at(300, 37.4, 244.3),
];

/** Faster limits draw more; nothing else is promised, not even convexity. */
export const anyProfile: fc.Arbitrary<readonly PowerMeasurement[]> = fc
  .array(
    fc.record({
      slower: fc.double({ min: 1.005, max: 1.5, noNaN: true }),
      saved: fc.double({ min: 0.6, max: 0.99, noNaN: true }),
    }),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((steps) => {
    const profile = [at(400, 100, 380)];
    for (const { slower, saved } of steps) {
      const last = profile.at(-1)!;
      profile.push(at(last.powerLimitWatts - 25, last.secondsPerEpoch * slower, last.averageWatts * saved));
    }
    return profile;
  });

export const anyEta = fc.double({ min: 0.001, max: 0.999, noNaN: true });
export const anyRatio = fc.double({ min: 0.02, max: 5, noNaN: true });

export const run: WeighFacts = { profile: a40, eta: 0.4, maxPowerWatts: 300, pace: { kind: 'free' } };

export const hour = (of: number): string => new Date(Date.UTC(2021, 6, 1) + of * 3_600_000).toISOString();

export function reading(fromHour: number, value: number, hours = 1): SignalReading {
  return { validFromAt: hour(fromHour), validToAt: hour(fromHour + hours), value };
}

export function context(more: Partial<WeighContext> = {}): WeighContext {
  return {
    policy: 'wattbandit',
    unit: 'g/kWh',
    at: hour(100),
    reading: reading(100, 300),
    forecast: [],
    forecaster: null,
    slotSeconds: 3600,
    staleAfterSeconds: usualStaleAfterSeconds,
    reference: 300,
    budget: null,
    workSeconds: null,
    leftSeconds: null,
    ...more,
  };
}

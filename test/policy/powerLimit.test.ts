import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { epochCostJoules } from '../../policy/cost';
import type { PowerMeasurement } from '../../policy/facts';
import {
  choosePowerLimit,
  leastCost,
  leastEnergy,
  leastTime,
  lowestWithinSlowdown,
  type Pace,
} from '../../policy/powerLimit';

/** Windows of 40 steps that Zeus took on real GPUs, as if each were an epoch. */
const directory = join(__dirname, '../../data/zeus/profiles');
const profiles = readdirSync(directory).map((file): [string, PowerMeasurement[]] => {
  const rows: Record<string, string>[] = parse(readFileSync(join(directory, file)), { columns: true });
  return [
    file.replace('+gpu0.csv', ''),
    rows.map((row) => ({
      batchSize: 1,
      powerLimitWatts: Number(/_(\d+)$/.exec(row['window_name']!)![1]),
      secondsPerEpoch: Number(row['elapsed_time']),
      averageWatts: Number(row['gpu0_energy']) / Number(row['elapsed_time']),
      source: 'profile',
    })),
  ];
});

const watts = ({ powerLimitWatts }: PowerMeasurement): number => powerLimitWatts;
const energy = (at: PowerMeasurement): number => at.averageWatts * at.secondsPerEpoch;

/** The first of the least, in the order of the file, which goes from the highest limit down: Zeus's own rule. */
function first(profile: readonly PowerMeasurement[], value: (at: PowerMeasurement) => number): number {
  const least = Math.min(...profile.map(value));
  return profile.find((at) => value(at) === least)!.powerLimitWatts;
}

describe.each(profiles)('on the profile %s', (_, profile) => {
  const highest = Math.max(...profile.map(watts));
  const atHighest = profile.find((at) => at.powerLimitWatts === highest)!;

  it.each([0, 0.25, 0.5, 0.75, 1])('leastCost finds the argmin of the Zeus cost at η %d', (eta) => {
    const expected = first(profile, (at) => (eta * at.averageWatts + (1 - eta) * highest) * at.secondsPerEpoch);
    expect(watts(leastCost(eta, highest)(profile))).toBe(expected);
    expect(watts(choosePowerLimit(eta, highest, { kind: 'free' })(profile))).toBe(expected);
  });

  it('leastEnergy and leastTime find theirs', () => {
    expect(watts(leastEnergy(profile))).toBe(first(profile, energy));
    expect(watts(leastTime(profile))).toBe(first(profile, (at) => at.secondsPerEpoch));
  });

  it.each([1, 1.1, 1.2, 1.5, 2, 3, 5, 100])('lowestWithinSlowdown(%d) finds the lowest that keeps it', (factor) => {
    const allowed = profile.filter((at) => at.secondsPerEpoch <= factor * atHighest.secondsPerEpoch);
    expect(watts(lowestWithinSlowdown(factor)(profile))).toBe(Math.min(...allowed.map(watts)));
  });

  it('does not depend on the order in which limits were measured', () => {
    const reversed = profile.toReversed();
    expect(leastCost(0.5, highest)(reversed)).toEqual(leastCost(0.5, highest)(profile));
    expect(lowestWithinSlowdown(1.2)(reversed)).toEqual(lowestWithinSlowdown(1.2)(profile));
  });
});

describe('choosePowerLimit', () => {
  const at = (powerLimitWatts: number, secondsPerEpoch: number, averageWatts: number): PowerMeasurement => ({
    batchSize: 8,
    powerLimitWatts,
    secondsPerEpoch,
    averageWatts,
    source: 'profile',
  });
  const profile = [at(250, 10, 240), at(200, 11, 190), at(150, 14, 140), at(100, 25, 95)];

  it('is the cheapest that keeps the pace', () => {
    const choose = (pace: Pace) => watts(choosePowerLimit(1, 250, pace)(profile));
    expect(choose({ kind: 'free' })).toBe(150);
    expect(choose({ kind: 'atMost', secondsPerEpoch: 12 })).toBe(200);
    expect(choose({ kind: 'ofMaximumPower', factor: 1.1 })).toBe(200);
    expect(choose({ kind: 'ofMaximumPower', factor: 1 })).toBe(250);
    expect(choose({ kind: 'fastest' })).toBe(250);
  });

  it('is the fastest where none keeps it', () => {
    expect(watts(choosePowerLimit(1, 250, { kind: 'atMost', secondsPerEpoch: 9 })(profile))).toBe(250);
  });

  it('prefers the lower limit of two equally good', () => {
    const twins = [at(100, 10, 100), at(150, 10, 100)];
    expect(watts(choosePowerLimit(0.5, 150, { kind: 'free' })(twins))).toBe(100);
  });

  it('never spends more energy when η rises', () => {
    const etas = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...profiles), etas, etas, ([, measured], one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const highest = Math.max(...measured.map(watts));
        const spent = (eta: number) => energy(choosePowerLimit(eta, highest, { kind: 'free' })(measured));
        expect(spent(high)).toBeLessThanOrEqual(spent(low) * (1 + 1e-12));
      }),
    );
  });

  it('costs no more than any other limit', () => {
    fc.assert(
      fc.property(fc.constantFrom(...profiles), fc.double({ min: 0, max: 1, noNaN: true }), ([, measured], eta) => {
        const highest = Math.max(...measured.map(watts));
        const chosen = epochCostJoules(choosePowerLimit(eta, highest, { kind: 'free' })(measured), eta, highest);
        for (const other of measured) expect(chosen).toBeLessThanOrEqual(epochCostJoules(other, eta, highest));
      }),
    );
  });
});

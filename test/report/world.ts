/** Runs for reports: a V100's profile, slots of an hour. */
import fc from 'fast-check';
import type { GridInterval, GridRecord, LimitHeld, LimitSpeed } from '../../policy/facts';
import type { ReportedRun } from '../../worker/report/runs';

/** On its lower convex hull at every limit; least energy at 125 W. */
export const profile: readonly LimitSpeed[] = [
  { powerLimitWatts: 100, secondsPerEpoch: 180, averageWatts: 98 },
  { powerLimitWatts: 125, secondsPerEpoch: 140, averageWatts: 120 },
  { powerLimitWatts: 150, secondsPerEpoch: 120, averageWatts: 145 },
  { powerLimitWatts: 200, secondsPerEpoch: 105, averageWatts: 185 },
  { powerLimitWatts: 250, secondsPerEpoch: 100, averageWatts: 220 },
];

const begin = Date.parse('2026-11-01T00:00:00Z');
export const at = (hours: number) => new Date(begin + hours * 3_600_000).toISOString();

/** One hour at these watts. */
export function interval(hour: number, watts: number, changes: Partial<GridInterval> = {}): GridInterval {
  const time = { fromAt: at(hour), toAt: at(hour + 1), seconds: 3600 };
  return { ...time, joules: 3600 * watts, eta: 0.5, perKwh: 300, status: 'observed', ...changes };
}

export function wattsAt(powerLimitWatts: number): number {
  return profile.find((one) => one.powerLimitWatts === powerLimitWatts)!.averageWatts;
}

/** An hour at each of these limits, under these signals. */
export function record(limits: readonly number[], signals: readonly (number | null)[]): GridRecord {
  const held = limits.map((powerLimitWatts): LimitHeld => {
    return { powerLimitWatts, seconds: 3600, joules: 3600 * wattsAt(powerLimitWatts) };
  });
  const intervals = limits.map((limit, n) => interval(n, wattsAt(limit), { perKwh: signals[n] ?? null }));
  const signal = { provider: 'gbGrid', zone: 'GB', kind: 'average', unit: 'gCO2eq/kWh', factorType: null } as const;
  return { ...signal, intervals, limits: held, profile, priceFactor: 1 };
}

export function reported(grid: GridRecord | null, changes: Partial<ReportedRun> = {}): ReportedRun {
  const joules = grid?.intervals.reduce((sum, one) => sum + one.joules, 0) ?? 1e6;
  return {
    job: 'fraud',
    slot: '2026-11-01T00:00:00Z',
    attempt: 1,
    gpuModel: 'V100',
    batchSize: 64,
    powerLimitWatts: 150,
    outcome: 'converged',
    seconds: 3600,
    joules,
    endedAt: '2026-11-01T01:00:00.000Z',
    grid,
    ...changes,
  };
}

export const anyLimit = fc.constantFrom(...profile.map(({ powerLimitWatts }) => powerLimitWatts));
export const anySignals = fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 1, maxLength: 12 });

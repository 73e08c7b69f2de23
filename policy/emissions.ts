/** What a run emitted, or what its energy cost, as far as its grid's signal is known: joules × signal, slot by slot. */
import type { GridInterval, GridRecord } from './facts';

export const joulesPerKwh = 3.6e6;

/** What can be added up: one provider's signal of one kind for one zone. Others answer other questions. */
export type Signal = Pick<GridRecord, 'provider' | 'zone' | 'kind' | 'unit' | 'factorType'>;

export type StatusJoules = Readonly<Record<GridInterval['status'], number>>;

/** Nothing is extrapolated: energy without a known signal is no part of `amount`. */
export interface Emissions {
  /** gCO₂eq, or money where the signal is a price. */
  readonly amount: number;
  readonly joules: number;
  /** Of these, how many had a known signal. */
  readonly knownJoules: number;
  /** The known ones, by how final the provider called their signal; the others are `unknown`. */
  readonly byStatus: StatusJoules;
}

export const noEmissions: Emissions = {
  amount: 0,
  joules: 0,
  knownJoules: 0,
  byStatus: { observed: 0, estimated: 0, forecast: 0, unknown: 0 },
};

/** `joules` is what the whole run drew; it may have drawn some outside of all intervals. */
export function emissionsOf(joules: number, intervals: readonly GridInterval[]): Emissions {
  const known = intervals.reduce((sum, { perKwh, joules: drawn, status }) => {
    if (perKwh === null) return sum;
    const amount = sum.amount + (drawn / joulesPerKwh) * perKwh;
    const byStatus = { ...sum.byStatus, [status]: sum.byStatus[status] + drawn };
    return { ...sum, amount, knownJoules: sum.knownJoules + drawn, byStatus };
  }, noEmissions);
  const whole = Math.max(joules, known.knownJoules);
  const unknown = known.byStatus.unknown + whole - known.knownJoules;
  return { ...known, joules: whole, byStatus: { ...known.byStatus, unknown } };
}

export function addEmissions(one: Emissions, other: Emissions): Emissions {
  const status = (name: GridInterval['status']) => one.byStatus[name] + other.byStatus[name];
  return {
    amount: one.amount + other.amount,
    joules: one.joules + other.joules,
    knownJoules: one.knownJoules + other.knownJoules,
    byStatus: {
      observed: status('observed'),
      estimated: status('estimated'),
      forecast: status('forecast'),
      unknown: status('unknown'),
    },
  };
}

/** Share of the energy whose signal is known; null of no energy. */
export function coverageOf({ joules, knownJoules }: Emissions): number | null {
  return joules > 0 ? knownJoules / joules : null;
}

/** One word for what must not be mixed. */
export function signalKey({ provider, zone, kind, unit, factorType }: Signal): string {
  return JSON.stringify([provider, zone, kind, unit, factorType]);
}

/** @throws RangeError for values that answer different questions */
export function requireOneSignal(signals: readonly Signal[]): void {
  const keys = new Set(signals.map(signalKey));
  if (keys.size <= 1) return;
  throw new RangeError(`Cannot add up ${[...keys].join(' and ')}: each provider, zone and kind has a sum of its own.`);
}

/** What is kept of a signal's past: what is usual, what comes next, how high it was of late. Some 3 kB of JSON. */
import { beginForecaster, type Forecaster, observe, type SignalReading } from './forecast';
import { beginReference, extendReference, observeReference, type SignalReference } from './signalReference';

/** Signals that differ in any of these are never mixed. */
export interface SignalIdentity {
  readonly provider: string;
  readonly zone: string;
  readonly kind: 'average' | 'marginal' | 'price';
}

export interface SignalDigest extends SignalIdentity {
  readonly forecaster: Forecaster;
  readonly reference: SignalReference;
  /** The highest value of each of the latest hours, the latest last. */
  readonly highs: readonly HourlyHigh[];
}

export interface HourlyHigh {
  readonly hourAt: string;
  readonly value: number;
}

const hoursKept = 25;
const hourMs = 3_600_000;

export function beginDigest({ provider, zone, kind }: SignalIdentity): SignalDigest {
  // Prices may fall below nothing, carbon may not.
  const forecaster = beginForecaster(kind === 'price' ? null : undefined);
  return { provider, zone, kind, forecaster, reference: beginReference(), highs: [] };
}

/** In their order; what was taken in already changes nothing. */
export function digest(before: SignalDigest, readings: readonly SignalReading[]): SignalDigest {
  return readings.reduce((state, reading) => {
    const reference = observeReference(state.reference, reading);
    // Nothing new in it.
    if (reference === state.reference) return state;
    return {
      ...state,
      reference,
      forecaster: observe(state.forecaster, reading),
      highs: withHigh(state.highs, reading),
    };
  }, before);
}

function withHigh(highs: readonly HourlyHigh[], { validFromAt, value }: SignalReading): readonly HourlyHigh[] {
  const hourAt = new Date(Math.floor(Date.parse(validFromAt) / hourMs) * hourMs).toISOString();
  const last = highs.at(-1);
  if (last?.hourAt !== hourAt) return [...highs, { hourAt, value }].slice(-hoursKept);
  return [...highs.slice(0, -1), { hourAt, value: Math.max(last.value, value) }];
}

/** Chase's MaxCI: the highest of the 24 hours before an instant; null where nothing is known of them. */
export function highestOfDayBefore({ highs }: SignalDigest, at: string): number | null {
  const from = Date.parse(at) - 24 * hourMs;
  const within = highs.filter(({ hourAt }) => Date.parse(hourAt) >= from && hourAt < at).map(({ value }) => value);
  return within.length === 0 ? null : Math.max(...within);
}

/** With what another observer of the same signal saw, as a host that has just begun to look, or has looked for longer. */
export function extendDigest(known: SignalDigest, told: SignalDigest): SignalDigest {
  const hoursSeen = ({ forecaster }: SignalDigest) => forecaster.hourMeans.filter((mean) => mean !== null).length;
  const { forecaster } = hoursSeen(told) >= hoursSeen(known) ? told : known;
  const highs = told.highs.length >= known.highs.length ? told.highs : known.highs;
  return { ...known, forecaster, highs, reference: extendReference(known.reference, told.reference) };
}

export function isSameSignal(one: SignalIdentity, other: SignalIdentity): boolean {
  return one.provider === other.provider && one.zone === other.zone && one.kind === other.kind;
}

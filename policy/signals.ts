/** What the signal is now and later, from what is at hand: a fresh reading, the provider's forecast, our own, or nothing. */
import { forecast, type Forecaster, type SignalReading } from './forecast';

export interface Signals {
  /** The instant that is asked about. */
  readonly at: string;
  /** The latest reading, and what the provider expects, if it does. */
  readonly reading: SignalReading | null;
  readonly forecast: readonly SignalReading[];
  readonly forecaster: Forecaster | null;
  /** Of the grid: how often the signal may change. */
  readonly slotSeconds: number;
  /** A reading older than this says nothing about now. */
  readonly staleAfterSeconds: number;
}

export const usualStaleAfterSeconds = 6 * 3600;

export type SignalSource = 'reading' | 'provider' | 'forecaster' | 'none';

export interface SignalNow {
  readonly value: number | null;
  readonly from: SignalSource;
  /** Since the latest reading ended; null without one. Negative while it holds. */
  readonly ageSeconds: number | null;
}

/** A reading at most one of its periods old holds; up to the staleness limit a forecast does; beyond, nothing. */
export function signalNow(signals: Signals): SignalNow {
  const { reading, at, staleAfterSeconds } = signals;
  const now = Date.parse(at);
  if (reading === null || !(Date.parse(reading.validFromAt) <= now)) return expected(signals, null);
  const ageSeconds = (now - Date.parse(reading.validToAt)) / 1000;
  const period = (Date.parse(reading.validToAt) - Date.parse(reading.validFromAt)) / 1000;
  if (ageSeconds <= period) return { value: reading.value, from: 'reading', ageSeconds };
  return ageSeconds <= staleAfterSeconds ? expected(signals, ageSeconds) : { value: null, from: 'none', ageSeconds };
}

function expected(signals: Signals, ageSeconds: number | null): SignalNow {
  const ahead = signalAhead(signals, 0);
  return ahead === null ? { value: null, from: 'none', ageSeconds } : { ...ahead, ageSeconds };
}

/** So many seconds from now: the provider's forecast where it reaches, or ours unless its last reading is stale; null: not known. */
export function signalAhead(
  { at, forecast: slots, forecaster, staleAfterSeconds }: Signals,
  seconds: number,
): { readonly value: number; readonly from: SignalSource } | null {
  const now = Date.parse(at);
  const then = now + seconds * 1000;
  const slot = slots.find((one) => Date.parse(one.validFromAt) <= then && then < Date.parse(one.validToAt));
  if (slot !== undefined) return { value: slot.value, from: 'provider' };
  const last = forecaster?.last ?? null;
  if (forecaster === null || last === null || now / 1000 - last.endSeconds > staleAfterSeconds) return null;
  const value = forecast(forecaster, Math.max(0, (then / 1000 - last.middleSeconds) / 3600));
  return value === null ? null : { value, from: 'forecaster' };
}

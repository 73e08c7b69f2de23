/** The slow reference that a signal is compared with: its mean over the last 28 days, so a grid that gets cleaner stays its own measure. */
import type { SignalReading } from './forecast';

/** Sums by UTC day, so 28 days are 29 short rows. */
export interface SignalReference {
  readonly days: readonly SignalDay[];
  /** Readings that end at or before it were counted; null: none was. */
  readonly countedToAt: string | null;
}

export interface SignalDay {
  readonly day: string;
  /** Seconds that readings cover, and the sum of value times seconds. */
  readonly seconds: number;
  readonly valueSeconds: number;
}

const daysKept = 28;
const daySeconds = 86_400;

export function beginReference(): SignalReference {
  return { days: [], countedToAt: null };
}

/** Each reading counts once, by the day in which it begins; what was counted already is left out, so telling twice is harmless. */
export function observeReference(state: SignalReference, reading: SignalReading): SignalReference {
  const counted = state.countedToAt === null ? 0 : Date.parse(state.countedToAt);
  const from = Math.max(Date.parse(reading.validFromAt), counted);
  const to = Date.parse(reading.validToAt);
  if (!(to > from) || !Number.isFinite(reading.value)) return state;
  const day = new Date(from).toISOString().slice(0, 10);
  const seconds = (to - from) / 1000;
  const earlier = state.days.filter((one) => one.day !== day && isWithin(one.day, day));
  const today = state.days.find((one) => one.day === day) ?? { day, seconds: 0, valueSeconds: 0 };
  return {
    days: [
      ...earlier,
      { day, seconds: today.seconds + seconds, valueSeconds: today.valueSeconds + seconds * reading.value },
    ],
    countedToAt: new Date(to).toISOString(),
  };
}

function isWithin(day: string, latest: string): boolean {
  return (Date.parse(latest) - Date.parse(day)) / 1000 <= daysKept * daySeconds;
}

/** Null before the first reading. */
export function referenceOf({ days }: SignalReference): number | null {
  const seconds = days.reduce((sum, day) => sum + day.seconds, 0);
  return seconds === 0 ? null : days.reduce((sum, day) => sum + day.valueSeconds, 0) / seconds;
}

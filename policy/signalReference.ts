/**
 * What a signal is compared with: its own slow mean. A job's η compares with the last 28 days, so a grid that gets cleaner stays its
 * own measure. A budget wants one price for all seasons and yet to follow a grid that changes for good: it compares with the
 * geometric mean of 28 days and a year.
 */
import type { SignalReading } from './forecast';

/** Sums by UTC day and, once days are older than 28, by month: some 42 short rows. */
export interface SignalReference {
  readonly days: readonly SignalSum[];
  readonly months: readonly SignalSum[];
  /** Readings that end at or before it were counted; null: none was. */
  readonly countedToAt: string | null;
}

export interface SignalSum {
  /** 2021-07-31, or 2021-07. */
  readonly name: string;
  /** Seconds that readings cover, and the sum of value times seconds. */
  readonly seconds: number;
  readonly valueSeconds: number;
}

const daysKept = 28;
const yearDays = 365;

export function beginReference(): SignalReference {
  return { days: [], months: [], countedToAt: null };
}

/** Each reading counts once, by the day in which it begins; what was counted already is left out, so telling twice is harmless. */
export function observeReference(state: SignalReference, reading: SignalReading): SignalReference {
  const counted = state.countedToAt === null ? 0 : Date.parse(state.countedToAt);
  const from = Math.max(Date.parse(reading.validFromAt), counted);
  const to = Date.parse(reading.validToAt);
  if (!(to > from) || !Number.isFinite(reading.value)) return state;
  const name = new Date(from).toISOString().slice(0, 10);
  const seconds = (to - from) / 1000;
  const dated = state.days.at(-1)?.name === name ? state : aged(state, name);
  const days = added(dated.days, { name, seconds, valueSeconds: seconds * reading.value });
  return { days, months: dated.months, countedToAt: new Date(to).toISOString() };
}

/** A new day begins: what is older than 28 days moves to its month, what is older than a year goes. */
function aged({ days, months, countedToAt }: SignalReference, today: string): SignalReference {
  const age = (name: string) => (Date.parse(today) - Date.parse(name)) / 86_400_000;
  const old = days.filter((day) => age(day.name) > daysKept);
  return {
    days: days.filter((day) => age(day.name) <= daysKept),
    months: old
      .map((day) => ({ ...day, name: day.name.slice(0, 7) }))
      .reduce(added, months)
      .filter((month) => age(month.name) <= yearDays),
    countedToAt,
  };
}

function added(sums: readonly SignalSum[], more: SignalSum): readonly SignalSum[] {
  const last = sums.at(-1);
  if (last?.name !== more.name) return [...sums, more];
  const { name, seconds, valueSeconds } = last;
  return sums.with(-1, { name, seconds: seconds + more.seconds, valueSeconds: valueSeconds + more.valueSeconds });
}

/** With what another observer of the same signal saw: of each day and month, the one who saw more of it counts. */
export function extendReference(known: SignalReference, told: SignalReference): SignalReference {
  const latest = [known, told]
    .map(({ countedToAt }) => countedToAt ?? '')
    .toSorted()
    .at(-1);
  const countedToAt = latest === '' ? null : (latest ?? null);
  const days = fuller(known.days, told.days);
  const state = { days, months: fuller(known.months, told.months), countedToAt };
  const today = days.at(-1)?.name;
  return today === undefined ? state : aged(state, today);
}

function fuller(one: readonly SignalSum[], other: readonly SignalSum[]): readonly SignalSum[] {
  const byName = new Map(one.map((sum) => [sum.name, sum]));
  for (const sum of other) if (sum.seconds > (byName.get(sum.name)?.seconds ?? 0)) byName.set(sum.name, sum);
  return [...byName.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The mean of 28 days; null before the first reading. */
export function referenceOf({ days }: SignalReference): number | null {
  return meanOf(days);
}

/** For a budget; null before the first reading. */
export function budgetReferenceOf({ days, months }: SignalReference): number | null {
  const [month, year] = [meanOf(days), meanOf([...months, ...days])];
  // A price may be negative for a month, and has no geometric mean then.
  if (month === null || year === null || month <= 0 || year <= 0) return year;
  return Math.sqrt(month * year);
}

function meanOf(sums: readonly SignalSum[]): number | null {
  const seconds = sums.reduce((sum, one) => sum + one.seconds, 0);
  return seconds === 0 ? null : sums.reduce((sum, one) => sum + one.valueSeconds, 0) / seconds;
}

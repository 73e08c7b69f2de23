/** Providers revise what they said at first: values that were not final are asked for again, in as few questions as will do. */
import { secondsOf } from '../../activities/carbon/gridSlots';
import { signalIn } from '../../activities/carbon/gridWatch';
import type { Reading, Source, TimeRange } from '../../activities/carbon/source';
import { emissionsOf } from '../../policy/emissions';
import { isSameSignal } from '../../policy/signalDigest';
import type { GridInterval, GridRecord } from '../../policy/facts';
import { rangesFor } from './ranges';
import { type Quantity, quantity } from './quantity';
import type { ReportedRun } from './runs';

export interface Settlement {
  /** Whether there was a source to ask. */
  readonly asked: boolean;
  readonly questions: number;
  /** Intervals that are final now and were not before. */
  readonly settled: number;
  /** Of those that are old enough: still without a final value. */
  readonly unsettled: number;
  /** By how much what is counted under the source's signal grew; null where nobody was asked. */
  readonly change: Quantity | null;
  /** Why the provider was not asked further, for people. */
  readonly failure: string | null;
}

export interface SettleOptions {
  readonly now: Date;
  /** Younger intervals are left: their provider has not revised them yet. */
  readonly settleAfterSeconds: number;
  readonly source?: Source;
}

export interface Settled {
  readonly runs: readonly ReportedRun[];
  readonly settlement: Settlement;
}

export async function settle(runs: readonly ReportedRun[], options: SettleOptions): Promise<Settled> {
  const { source } = options;
  const isDue = dueBy(options);
  const isTold = (grid: GridRecord) => source !== undefined && isSameSignal(grid, source.facts);
  const told = source === undefined ? nothingTold : await askAgain(source, dueOf(runs, isTold, isDue));
  const revised = runs.map((run) => (run.grid !== null && isTold(run.grid) ? revise(run, told.readings, isDue) : run));
  const before = dueOf(runs, () => true, isDue).length;
  const unsettled = dueOf(revised, () => true, isDue).length;
  const amountOf = (all: readonly ReportedRun[]) =>
    all.reduce((sum, { grid, joules }) => {
      return grid !== null && isTold(grid) ? sum + emissionsOf(joules, grid.intervals).amount : sum;
    }, 0);
  const { questions, failure } = told;
  const change = source === undefined ? null : quantity(source.facts, amountOf(revised) - amountOf(runs));
  const settlement = {
    asked: source !== undefined,
    questions,
    settled: before - unsettled,
    unsettled,
    change,
    failure,
  };
  return { runs: revised, settlement };
}

const nothingTold: Told = { readings: [], questions: 0, failure: null };

/** In order, one for each slot. */
interface Told {
  readonly readings: readonly Reading[];
  readonly questions: number;
  readonly failure: string | null;
}

type IsDue = (interval: GridInterval) => boolean;

function dueBy({ now, settleAfterSeconds }: SettleOptions): IsDue {
  const before = secondsOf(now) - settleAfterSeconds;
  return ({ status, perKwh, toAt }) => (status !== 'observed' || perKwh === null) && secondsOf(toAt) < before;
}

function dueOf(runs: readonly ReportedRun[], isTold: (grid: GridRecord) => boolean, isDue: IsDue) {
  return runs.flatMap(({ grid }) => (grid !== null && isTold(grid) ? grid.intervals.filter(isDue) : []));
}

/** The first refusal ends it: what was told until then counts. */
async function askAgain(source: Source, due: readonly TimeRange[]): Promise<Told> {
  const { provider, historyHours } = source.facts;
  if (due.length === 0) return nothingTold;
  if (historyHours === 0) return { ...nothingTold, failure: `Cannot ask ${provider} again: it tells no past.` };
  const bySlot = new Map<number, Reading>();
  let questions = 0;
  let failure: string | null = null;
  for (const range of rangesFor(due, historyHours * 3600)) {
    try {
      questions += 1;
      for (const reading of await source.history(range)) bySlot.set(secondsOf(reading.validFromAt), reading);
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
      break;
    }
  }
  const readings = [...bySlot].toSorted(([a], [b]) => a - b).map(([, reading]) => reading);
  return { readings, questions, failure };
}

function revise(run: ReportedRun, readings: readonly Reading[], isDue: IsDue): ReportedRun {
  if (run.grid === null) return run;
  const intervals = run.grid.intervals.map((one) => (isDue(one) ? revisedBy(readings, one) : one));
  return { ...run, grid: { ...run.grid, intervals } };
}

/** The mean over the interval's time, if it is told of the whole of it. A part that may still be revised keeps all of it open. */
function revisedBy(readings: readonly Reading[], interval: GridInterval): GridInterval {
  const [from, to] = [secondsOf(interval.fromAt), secondsOf(interval.toAt)];
  let [covered, sum] = [0, 0];
  let isFinal = true;
  for (let at = firstEndingAfter(readings, from); at < readings.length; at++) {
    const reading = readings[at];
    if (reading === undefined || secondsOf(reading.validFromAt) >= to) break;
    const { validFromAt, validToAt, value } = signalIn(reading);
    const seconds = Math.min(to, secondsOf(validToAt)) - Math.max(from, secondsOf(validFromAt));
    if (!(seconds > 0)) continue;
    covered += seconds;
    sum += value * seconds;
    isFinal &&= reading.status === 'observed';
  }
  if (!(to > from) || covered < (to - from) * 0.999) return interval;
  return { ...interval, perKwh: sum / covered, status: isFinal ? 'observed' : 'estimated' };
}

/** A year has many slots, and a report many intervals. */
function firstEndingAfter(readings: readonly Reading[], instantSeconds: number): number {
  let [low, high] = [0, readings.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const reading = readings[middle];
    if (reading !== undefined && secondsOf(reading.validToAt) <= instantSeconds) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a bandit knew after each entry of its log: the same values, by the same steps, as its workflow goes through. */
import type { DecideInput } from '../../activities/decide';
import { sortImports } from '../../workflows/imports';
import {
  attemptById,
  emptyLedger,
  lastChoice,
  openAttempts,
  withDecision,
  withExpired,
  withGivenUp,
  withImported,
  withObservation,
  withSkipped,
} from '../../workflows/ledger';
import type { BanditInput, Facts, Ledger, OrderBook } from '../../workflows/messages';
import { emptyOrderBook, withCleared, withOverride } from '../../workflows/orderBook';
import type { Cleared, Decided, LogEntry, Observed, Overridden, TookIn } from './log';

export interface Recollection {
  readonly known: Facts;
  readonly ledger: Ledger;
  readonly book: OrderBook;
  /** Ids of imported observations. */
  readonly imported: readonly string[];
}

export function begin({ ledger, orders, imported, spec, memory, grid, since }: BanditInput): Recollection {
  return {
    known: { spec, memory, grid, since },
    ledger: ledger ?? emptyLedger,
    book: orders ?? emptyOrderBook,
    imported: imported ?? [],
  };
}

/** With what a bandit would continue as new. */
export function banditInputOf({ known, ledger, book, imported }: Recollection): BanditInput {
  return { ...known, ledger, imported, orders: book };
}

/** The question that was answered by the decision. */
export function decideInputOf({ known, ledger: before, book }: Recollection, decided: Decided): DecideInput {
  const { at, request, seed } = decided;
  const ledger = withExpired(before, at);
  const inFlight = decided.inFlight ?? openAttempts(ledger).map(({ decision }) => decision.batchSize);
  const overrides = book.overrides.filter(({ setAt }) => setAt <= at);
  const told = overrides.length === 0 ? {} : { overrides, at, last: lastChoice(ledger) };
  // What others start was skipped by no Schedule.
  const lastSlot = decided.outside === undefined ? ledger.slots.at(-1)?.slot : undefined;
  return { ...known, request, seed, inFlight, lastSlot, ...told };
}

/** A decision or import that folds brings its memory along. */
export function after(state: Recollection, entry: LogEntry): Recollection {
  switch (entry.type) {
    case 'begun':
      return begin(entry.input);
    case 'decision':
      return noteDecision(state, entry);
    case 'observation':
      return noteObservation(state, entry);
    case 'giveUp':
      return { ...state, ledger: withGivenUp(state.ledger, entry.slot) };
    case 'import':
      return noteImport(state, entry);
    case 'override':
      return noteOverride(state, entry);
    case 'clear':
      return noteClear(state, entry);
  }
}

function noteDecision({ known, ledger: before, ...others }: Recollection, entry: Decided): Recollection {
  const { request, decision, decidedAt } = entry;
  const ledger = withSkipped(withExpired(before, entry.at), entry.skipped);
  const host = request.taskQueue === undefined ? {} : { taskQueue: request.taskQueue };
  const number = ledger.totals.decisions + 1;
  const from = entry.outside === undefined ? host : { outside: { ...entry.outside, number } };
  const leaseExpiresAt = new Date(Date.parse(decidedAt) + known.spec.lease * 1000).toISOString();
  return {
    ...others,
    known: {
      ...known,
      ...(entry.grid === undefined ? {} : { grid: entry.grid }),
      ...(entry.memory === undefined ? {} : { memory: entry.memory, since: [] }),
    },
    ledger: withDecision(ledger, request, { decision, decidedAt, ...from, leaseExpiresAt }),
  };
}

function noteObservation(state: Recollection, entry: Observed): Recollection {
  const { toldAt, observation, quarantinedBecause, retry = false } = entry;
  const { known, ledger } = state;
  if (attemptById(ledger, observation.id)?.answer !== undefined) return state;
  const why = quarantinedBecause === undefined ? {} : { quarantinedBecause };
  const answer = { counted: quarantinedBecause === undefined, ...why, retry };
  return {
    ...state,
    known: answer.counted ? { ...known, since: [...known.since, observation] } : known,
    ledger: withObservation(ledger, observation, answer, toldAt),
  };
}

function noteImport(state: Recollection, { observations, memory }: TookIn): Recollection {
  const { known, ledger, imported } = state;
  const { fresh } = sortImports(observations, imported, known.spec);
  return {
    ...state,
    known: { ...known, memory, since: [] },
    imported: [...imported, ...fresh.map(({ id }) => id)],
    ledger: withImported(ledger, fresh.length),
  };
}

function noteOverride(state: Recollection, { override, token }: Overridden): Recollection {
  return { ...state, book: withOverride(state.book, override, token, override.setAt) };
}

function noteClear(state: Recollection, { ids, token, at }: Cleared): Recollection {
  return { ...state, book: withCleared(state.book, ids, token, at) };
}

/** The orders of operators to one job, as values that each step replaces. */
import type { Override } from '../policy/override';
import { type OrderBook, type PastOverride, type RefusedOverride, idsKept, pastKept, refusalsKept } from './messages';

const pauses: readonly string[] = ['pauseLearning', 'pauseTuning', 'freeze'];

export const emptyOrderBook: OrderBook = {
  overrides: [],
  refused: [],
  ids: [],
  tokens: {},
  counts: { applied: 0, known: 0, refused: 0, cleared: 0 },
};

/** How a token that may not be used again is remembered. */
export interface UsedToken {
  readonly jti: string;
  readonly until: string;
}

export function withOverride(
  book: OrderBook,
  override: Override,
  token: UsedToken | undefined,
  now: string,
): OrderBook {
  const kept = lasting(book.overrides, override, now);
  const gone = book.overrides.filter((each) => !kept.includes(each));
  return {
    ...book,
    // A resume is done when the pauses before it are gone.
    overrides: [...kept, ...(override.order.kind === 'resume' ? [] : [override])],
    past: withPast(book, gone, ({ expiresAt }) => (hasEnded(expiresAt, now) ? 'ended' : 'replaced'), now),
    ids: [...book.ids, override.id].slice(-idsKept),
    tokens: withToken(book.tokens, token, now),
    counts: { ...book.counts, applied: book.counts.applied + 1 },
  };
}

/** Without those that can never hold again: ended, or outlasted by the newer one of the same subject. */
function lasting(overrides: readonly Override[], newer: Override, now: string): readonly Override[] {
  const outlasts = ({ expiresAt }: Override) =>
    newer.expiresAt === null || (expiresAt !== null && expiresAt <= newer.expiresAt);
  return overrides.filter((older) => {
    if (hasEnded(older.expiresAt, now)) return false;
    return !(isSameSubject(older, newer) && older.setAt <= newer.setAt && outlasts(older));
  });
}

const hasEnded = (expiresAt: string | null, now: string) => expiresAt !== null && expiresAt <= now;

function withPast(
  { past = [] }: OrderBook,
  gone: readonly Override[],
  why: (override: Override) => PastOverride['left'],
  leftAt: string,
): readonly PastOverride[] {
  return [...past, ...gone.map((each) => ({ ...each, left: why(each), leftAt }))].slice(-pastKept);
}

function isSameSubject({ order: one }: Override, { order: other }: Override): boolean {
  if (other.kind === 'resume') return pauses.includes(one.kind);
  if (one.kind !== other.kind) return false;
  return one.kind !== 'banBatchSize' || other.kind !== 'banBatchSize' || one.batchSize === other.batchSize;
}

export function withRefusal(book: OrderBook, refused: RefusedOverride): OrderBook {
  return {
    ...book,
    refused: [...book.refused, refused].slice(-refusalsKept),
    counts: { ...book.counts, refused: book.counts.refused + 1 },
  };
}

export function withKnown(book: OrderBook): OrderBook {
  return { ...book, counts: { ...book.counts, known: book.counts.known + 1 } };
}

/** Those that have expired by themselves need not be remembered. */
function withToken(tokens: OrderBook['tokens'], token: UsedToken | undefined, now: string): OrderBook['tokens'] {
  const usable = Object.entries(tokens).filter(([, until]) => until > now);
  return Object.fromEntries(token === undefined ? usable : [...usable, [token.jti, token.until]]);
}

export function withCleared(
  book: OrderBook,
  ids: readonly string[],
  token: UsedToken | undefined,
  now: string,
): OrderBook {
  const gone = book.overrides.filter(({ id }) => ids.includes(id));
  return {
    ...book,
    tokens: withToken(book.tokens, token, now),
    past: withPast(book, gone, ({ expiresAt }) => (hasEnded(expiresAt, now) ? 'ended' : 'cleared'), now),
    overrides: book.overrides.filter(({ id }) => !ids.includes(id)),
    counts: { ...book.counts, cleared: book.counts.cleared + ids.length },
  };
}

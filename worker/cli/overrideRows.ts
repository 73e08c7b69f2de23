/** The book of orders as a table: what holds, what waits behind something newer, what was refused lately. */
import { type Override, activeAt, inOrder } from '../../policy/override';
import type { OrderBook } from '../../workflows/messages';
import { orderText } from '../../workflows/orderText';
import { instant } from './numbers';
import { type Column, type Style, table } from './text';

/** `waiting`: holds again should the newer one of its kind end first. `cleared` and `replaced` ones hold no more. */
export type OverrideState = 'holding' | 'waiting' | 'ended' | 'cleared' | 'replaced' | 'refused';

export interface OverrideRow {
  readonly state: OverrideState;
  readonly id: string | null;
  /** In words; of a refused one its kind, as it was given. */
  readonly order: string;
  readonly who: string | null;
  /** Null of what was refused. */
  readonly signed: boolean | null;
  /** The operator's reason; of a refused one why it was. */
  readonly reason: string;
  readonly at: string;
  readonly expiresAt: string | null;
  /** When it left the book, of one that did. */
  readonly leftAt?: string;
}

/** First those in force, then those that were, then those that never came to be. */
export function overrideRows(
  { overrides, past = [], refused }: Pick<OrderBook, 'overrides' | 'past' | 'refused'>,
  now: string,
) {
  const holding = new Set(activeAt(overrides, now).map(({ id }) => id));
  const stateOf = ({ id, expiresAt }: Override): OverrideState => {
    if (holding.has(id)) return 'holding';
    return expiresAt !== null && expiresAt <= now ? 'ended' : 'waiting';
  };
  const rows: readonly OverrideRow[] = [
    ...inOrder(overrides).map((override) => overrideRow(override, stateOf(override))),
    ...past.map(({ left, leftAt, ...override }) => ({ ...overrideRow(override, left), leftAt })),
    ...refused.map(({ at, order, who, why }): OverrideRow => ({
      ...{ state: 'refused', id: null, order, who, signed: null, reason: why, at, expiresAt: null },
    })),
  ];
  return rows;
}

export function overrideRow({ id, order, who, signed, reason, setAt, expiresAt }: Override, state: OverrideState) {
  return { state, id, order: orderText(order), who, signed, reason, at: setAt, expiresAt } satisfies OverrideRow;
}

const columns: readonly Column<OverrideRow>[] = [
  { title: 'State', cell: ({ state }) => state },
  { title: 'Order', cell: ({ order }) => order },
  { title: 'Who', cell: whoText },
  { title: 'Set', cell: ({ at }) => instant(at) },
  { title: 'Until', cell: endOf },
  { title: 'Why', cell: ({ reason }) => reason },
  { title: 'Id', cell: ({ id }) => id ?? '' },
];

export function overrideTable(rows: readonly OverrideRow[], style: Style): string {
  return rows.length === 0 ? style.dim('nothing is overridden') : table(columns, rows);
}

export function whoText({ who, signed }: Pick<OverrideRow, 'who' | 'signed'>): string {
  return `${who ?? 'unknown'}${signed === false ? ' (UNSIGNED)' : ''}`;
}

function endOf({ state, expiresAt, leftAt }: OverrideRow): string {
  if (leftAt !== undefined) return instant(leftAt);
  if (state === 'refused') return '–';
  return expiresAt === null ? 'cleared' : instant(expiresAt);
}

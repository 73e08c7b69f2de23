/** When an operator's orders held η or the power limit, out of a job's log. */
import { type Order, type Override, activeAt } from '../../policy/override';
import { orderText } from '../../workflows/orderText';
import type { LogEntry } from '../replay/log';

export interface OrderSpan {
  readonly holds: 'eta' | 'limit';
  /** Of the order, without who gave it and why: pictures are passed on. */
  readonly text: string;
  readonly fromAt: string;
  /** Null: it still held where the log ends. */
  readonly toAt: string | null;
}

/** By when they began. Orders that replace each other, end or are cleared hold as they do for the bandit. */
export function orderSpansOf(entries: readonly LogEntry[]): readonly OrderSpan[] {
  const given = ordersIn(entries);
  const open = new Map<string, OrderSpan>();
  const closed: OrderSpan[] = [];
  for (const at of turnsOf(given)) {
    const holding = holdingAt(given, at);
    for (const [id, span] of open) {
      if (holding.some((override) => override.id === id)) continue;
      closed.push({ ...span, toAt: at });
      open.delete(id);
    }
    for (const { id, order } of holding) {
      const holds = heldBy(order);
      if (holds === undefined || open.has(id)) continue;
      open.set(id, { holds, text: orderText(order), fromAt: at, toAt: null });
    }
  }
  return [...closed, ...open.values()].toSorted((a, b) => Date.parse(a.fromAt) - Date.parse(b.fromAt));
}

/** The instants at which anything may begin or cease to hold. */
function turnsOf(given: readonly Given[]): readonly string[] {
  const instants = given.flatMap(({ override: { setAt, expiresAt }, goneAt }) => [
    setAt,
    expiresAt ?? [],
    goneAt ?? [],
  ]);
  return [...new Set(instants.flat())].toSorted();
}

function holdingAt(given: readonly Given[], at: string): readonly Override[] {
  const there = given.filter(({ override, goneAt }) => override.setAt <= at && (goneAt === null || at < goneAt));
  return activeAt(
    there.map(({ override }) => override),
    at,
  );
}

function heldBy(order: Order): OrderSpan['holds'] | undefined {
  switch (order.kind) {
    case 'eta':
      return 'eta';
    case 'pinPowerLimit':
    case 'powerBound':
    case 'freeze':
    case 'pauseTuning':
      return 'limit';
    case 'trust':
      return order.level === 'shadow' ? 'limit' : undefined;
    case 'banBatchSize':
    case 'pinBatchSize':
    case 'slowDownBound':
    case 'pauseLearning':
    case 'resume':
      return undefined;
  }
}

interface Given {
  readonly override: Override;
  /** When it was cleared or replaced; null: not before it expires. */
  readonly goneAt: string | null;
}

function ordersIn(entries: readonly LogEntry[]): readonly Given[] {
  const given = new Map<string, Given>();
  for (const entry of entries) {
    if (entry.type === 'begun') {
      for (const { left: _left, leftAt: goneAt, ...override } of entry.input.orders?.past ?? [])
        given.set(override.id, { override, goneAt });
      for (const override of entry.input.orders?.overrides ?? []) given.set(override.id, { override, goneAt: null });
    } else if (entry.type === 'override') given.set(entry.override.id, { override: entry.override, goneAt: null });
    else if (entry.type === 'clear') {
      for (const id of entry.ids) {
        const cleared = given.get(id);
        if (cleared !== undefined) given.set(id, { ...cleared, goneAt: entry.at });
      }
    }
  }
  return [...given.values()];
}

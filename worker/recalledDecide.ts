/** What a decision was made from, put together again from the bandit's history: history holds answers, and this is the question. */
import type { DecideAnswer, DecideInput } from '../activities/decide';
import type { LastChoice } from '../activities/underOrders';
import type { Override } from '../policy/override';
import { lastChoice, openAttempts } from '../workflows/ledger';
import type { AskRequest, BanditInput, Facts } from '../workflows/messages';
import type { Happening } from './banditHistory';

interface Recalled {
  readonly known: Facts;
  /** All that were ever seen: which of them held, the decision itself says. */
  readonly overrides: readonly Override[];
  /** Batch sizes of the decisions whose runs are open, by their ids. */
  readonly open: ReadonlyMap<string, number>;
  readonly last: LastChoice | undefined;
  /** Observations that count. */
  readonly counted: number;
  /** Accepted and not answered yet: the first one is being decided. */
  readonly asked: readonly AskRequest[];
}

export interface RecalledDecide {
  readonly input: DecideInput;
  readonly overrides: readonly Override[];
  readonly counted: number;
}

/** Undefined if the ask is not among what happened. */
export function recallDecide(happenings: readonly Happening[], askId: string): RecalledDecide | undefined {
  const [begun, ...rest] = happenings;
  if (begun?.kind !== 'begun') return undefined;
  let recalled = begin(begun.input);
  for (const happening of rest) {
    recalled = after(recalled, happening);
    const [request] = recalled.asked;
    if (request?.id !== askId) continue;
    const { known, open, last, overrides, counted } = recalled;
    return { input: { ...known, request, inFlight: [...open.values()], last }, overrides, counted };
  }
  return undefined;
}

function begin({ ledger, orders, ...known }: BanditInput): Recalled {
  const attempts = ledger === undefined ? [] : openAttempts(ledger);
  return {
    known,
    overrides: orders?.overrides ?? [],
    open: new Map(attempts.map(({ decision }) => [decision.id, decision.batchSize])),
    last: ledger === undefined ? undefined : lastChoice(ledger),
    counted: (ledger?.totals.counted ?? 0) + (ledger?.totals.imported ?? 0),
    asked: [],
  };
}

function after(recalled: Recalled, happening: Happening): Recalled {
  const { known, open } = recalled;
  switch (happening.kind) {
    case 'begun':
      return begin(happening.input);
    case 'asked':
      return { ...recalled, asked: [...recalled.asked, happening.request] };
    case 'decided':
      return decided(recalled, happening.answer);
    case 'overridden':
      return { ...recalled, overrides: [...recalled.overrides, happening.override] };
    case 'learned':
      return { ...recalled, known: { ...known, memory: happening.memory, since: [] } };
    case 'told': {
      const { observation, counted } = happening;
      const rest = new Map([...open].filter(([id]) => id !== observation.id));
      const next = { ...recalled, open: rest, last: observation };
      if (!counted) return next;
      return { ...next, counted: next.counted + 1, known: { ...known, since: [...known.since, observation] } };
    }
  }
}

/** As the bandit takes its answer in. What is told while it decides is left to chance: whoever decides again compares the answers. */
function decided(recalled: Recalled, { decision, memory, grid }: DecideAnswer): Recalled {
  const { known, open, asked } = recalled;
  return {
    ...recalled,
    known: {
      ...known,
      ...(grid === undefined ? {} : { grid }),
      ...(memory === undefined ? {} : { memory, since: [] }),
    },
    open: new Map([...open, [decision.id, decision.batchSize]]),
    asked: asked.filter(({ id }) => id !== decision.id),
  };
}

/** How a run is to weigh speed against energy in the present slot of the grid, and the power limit that follows. */
import { etaForDeadline, type SlotAhead } from './deadline';
import { etaInSlot, type GridPolicy, limitAt, ratioOf, type Weighing } from './gridWeight';
import type { Pace } from './powerLimit';
import { signalAhead, signalNow, type SignalNow, type Signals, type SignalSource } from './signals';
import { pacedEta, type SlowdownBudget } from './slowdownBudget';
import { explainWeighed } from './weighedWords';

/** The run: the profile of its batch size, at least one limit; the job's own η; how slow an epoch may be. */
export interface WeighFacts extends Weighing {
  readonly pace: Pace;
}

export interface WeighContext extends Signals {
  readonly policy: GridPolicy;
  /** Of the signal, for words only: g/kWh, or that of a price. */
  readonly unit: string;
  /** What the signal is compared with: its 28-day mean; for `chase` the highest of the 24 hours before the run. Null: not known yet. */
  readonly reference: number | null;
  /** Holds a mean slow-down over recurrences, and brings η and reference of its own; null: the job's η counts. */
  readonly budget: SlowdownBudget | null;
  /** What is left to do, in seconds at the fastest limit; null: not known. */
  readonly workSeconds: number | null;
  /** The run must end within so many seconds from now; null: no such bound. */
  readonly leftSeconds: number | null;
}

/** Survives JSON; recorded, never recomputed. */
export interface Weighed {
  readonly eta: number;
  readonly powerLimitWatts: number;
  readonly signal: number | null;
  readonly signalFrom: SignalSource;
  readonly reference: number | null;
  /** For a person, in a sentence or two. */
  readonly explanation: string;
}

export function weigh(facts: WeighFacts, context: WeighContext): Weighed {
  const now = signalNow(context);
  const base = basisOf(facts, context);
  const eta = context.leftSeconds === null ? etaOf(base, context, now) : etaInTime(base, context, now);
  const { powerLimitWatts } = limitAt(facts, eta, facts.pace);
  const signalled = { signal: now.value, signalFrom: now.from, reference: base.reference };
  const explanation = explainWeighed({ context, now, eta, powerLimitWatts, baseEta: base.run.eta, ...signalled });
  return { eta, powerLimitWatts, ...signalled, explanation };
}

interface Basis {
  readonly run: Weighing;
  readonly reference: number | null;
}

/** A budget's reference stands still, since what it buys is one price for all hours; Chase's is its own. */
function basisOf(facts: Weighing, { budget, policy, reference }: WeighContext): Basis {
  if (budget === null) return { run: facts, reference };
  const run = { ...facts, eta: pacedEta(budget) };
  return { run, reference: policy === 'chase' ? reference : budget.reference };
}

function etaOf({ run, reference }: Basis, context: WeighContext, now: SignalNow): number {
  const { policy, workSeconds } = context;
  const atEnd = workSeconds === null ? null : (signalAhead(context, workSeconds)?.value ?? null);
  return etaInSlot(run, policy, { now: now.value, atEnd, reference });
}

/** Where the signal is not known it is taken to be as now, or, if that is not known either, always the same: an even pace. */
function etaInTime({ run, reference }: Basis, context: WeighContext, now: SignalNow): number {
  const left = context.leftSeconds ?? 0;
  const measure = reference !== null && reference > 0 ? reference : Math.max(Math.abs(now.value ?? 1), 1);
  const slots: SlotAhead[] = [];
  for (let from = 0; from < left; from += context.slotSeconds) {
    const value = now.value === null ? measure : from === 0 ? now.value : signalAhead(context, from)?.value;
    slots.push({
      seconds: Math.min(context.slotSeconds, left - from),
      signal: ratioOf(value ?? now.value ?? measure, measure),
    });
  }
  return etaForDeadline(run, context.workSeconds ?? left, slots);
}

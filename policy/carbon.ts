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
  /**
   * What the signal is compared with: `referenceOf`, or `budgetReferenceOf` under a budget; for `chase` the highest of the 24 hours
   * before the run. Null: not known yet.
   */
  readonly reference: number | null;
  /** Holds a mean slow-down over recurrences, and brings an η of its own; null: the job's η counts. */
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
  const run = context.budget === null ? facts : { ...facts, eta: pacedEta(context.budget) };
  const eta = context.leftSeconds === null ? etaOf(run, context, now) : etaInTime(run, context, now);
  const { powerLimitWatts } = limitAt(facts, eta, facts.pace);
  const signalled = { signal: now.value, signalFrom: now.from, reference: context.reference };
  const explanation = explainWeighed({ context, now, eta, powerLimitWatts, baseEta: run.eta });
  return { eta, powerLimitWatts, ...signalled, explanation };
}

function etaOf(run: Weighing, context: WeighContext, now: SignalNow): number {
  const { policy, reference, workSeconds } = context;
  const atEnd = workSeconds === null ? null : (signalAhead(context, workSeconds)?.value ?? null);
  return etaInSlot(run, policy, { now: now.value, atEnd, reference });
}

/** Where the signal is not known it is taken to be as now, or, if that is not known either, always the same: an even pace. */
function etaInTime(run: Weighing, context: WeighContext, now: SignalNow): number {
  const { reference } = context;
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

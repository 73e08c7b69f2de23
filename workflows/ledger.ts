/** The slot ledger of one job: what became of every slot, as values that each step replaces. */
import type { FailureClass, Observation } from '../policy/facts';
import type { Decision } from '../policy/policy';
import {
  type Attempt,
  type AskRequest,
  type GiveUp,
  type Ledger,
  type Slot,
  type SlotState,
  type TellAnswer,
  type Totals,
  explainedRuns,
  ledgerLength,
} from './messages';

export const emptyLedger: Ledger = {
  slots: [],
  totals: {
    slots: { ran: 0, skipped: 0, failed: 0 },
    decisions: 0,
    told: 0,
    counted: 0,
    quarantined: 0,
    expired: 0,
    joules: 0,
    seconds: 0,
  },
};

const isUnderWay = (attempt: Attempt) => attempt.observation === undefined && attempt.expired !== true;

/** The decision without the table behind it. */
export const briefly = (decision: Decision): Decision => ({ ...decision, considered: [] });

export function attemptById(ledger: Ledger, id: string): Attempt | undefined {
  for (const slot of ledger.slots) {
    const found = slot.attempts.find((attempt) => attempt.decision.id === id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Attempts that are decided and neither told nor expired. */
export function openAttempts(ledger: Ledger): readonly Attempt[] {
  return ledger.slots.flatMap((slot) => slot.attempts.filter(isUnderWay));
}

export interface RunUnderWay {
  readonly slot: string;
  /** Absent from runs of version 0.1. */
  readonly taskQueue: string | undefined;
}

/** Those of recurrences: what others train, nobody here can reach. */
export function runsUnderWay({ slots }: Ledger): readonly RunUnderWay[] {
  return slots.flatMap(({ slot, attempts }) =>
    attempts
      .filter((run) => isUnderWay(run) && run.outside === undefined)
      .map(({ taskQueue }) => ({ slot, taskQueue })),
  );
}

/** What the latest run was given, as far as it was told. */
export function lastChoice({
  slots,
}: Ledger): { readonly batchSize: number; readonly powerLimitWatts: number } | undefined {
  return slots.flatMap(({ attempts }) => attempts.flatMap(({ observation }) => observation ?? [])).at(-1);
}

/** A new decision opens its slot, or adds an attempt to it. */
export function withDecision(ledger: Ledger, request: AskRequest, attempt: Attempt): Ledger {
  const slot = slotNamed(ledger, request.slot);
  return replaceSlot(
    { ...ledger, totals: { ...ledger.totals, decisions: ledger.totals.decisions + 1 } },
    { slot: request.slot, state: { kind: 'open' }, attempts: [...(slot?.attempts ?? []), attempt] },
  );
}

/** Slots for which no recurrence was ever started. A slot that is known already keeps its entry. */
export function withSkipped(ledger: Ledger, slots: readonly string[]): Ledger {
  return slots
    .filter((slot) => slotNamed(ledger, slot) === undefined)
    .reduce(
      (next, slot) =>
        replaceSlot(next, { slot, state: { kind: 'skipped', why: whySkipped(ledger, slot) }, attempts: [] }),
      ledger,
    );
}

function whySkipped({ slots }: Ledger, slot: string): string {
  const at = Date.parse(slot);
  const wasUnderWay = ({ decidedAt, toldAt, expired, leaseExpiresAt }: Attempt) => {
    const end = toldAt ?? (expired === true ? leaseExpiresAt : undefined);
    return Date.parse(decidedAt) <= at && (end === undefined || at <= Date.parse(end));
  };
  return slots.some(({ attempts }) => attempts.some(wasUnderWay))
    ? 'an earlier recurrence was still running'
    : 'no recurrence was started: the schedule was paused, or the slot fell outside its catch-up window';
}

/** A recurrence that ended without a decision ends its slot, unless a run of it converged. */
export function withGivenUp(ledger: Ledger, { slot: name, failure, why }: GiveUp): Ledger {
  const slot = slotNamed(ledger, name) ?? { slot: name, attempts: [] };
  return replaceSlot(ledger, ended(slot, { kind: 'failed', failure, why }));
}

/**
 * Takes runs for lost whose lease ran out at or before `now`. A slot ends with its last lease also if a run of it was told, but
 * its recurrence never came back to try again.
 */
export function withExpired(ledger: Ledger, now: string): Ledger {
  const isLate = (attempt: Attempt) => attempt.leaseExpiresAt <= now;
  const isLost = (attempt: Attempt) => isUnderWay(attempt) && isLate(attempt);
  return ledger.slots
    .filter(({ state, attempts }) => attempts.some(isLost) || (state.kind === 'open' && attempts.every(isLate)))
    .reduce((next, slot) => {
      const attempts = slot.attempts.map((attempt) => (isLost(attempt) ? { ...attempt, expired: true } : attempt));
      const expired = next.totals.expired + slot.attempts.filter(isLost).length;
      const failed: SlotState = { kind: 'failed', failure: 'infrastructure', why: 'the lease of its run expired' };
      return replaceSlot(
        { ...next, totals: { ...next.totals, expired } },
        attempts.every(isLate) ? ended({ ...slot, attempts }, failed) : { ...slot, attempts },
      );
    }, ledger);
}

/** Imported observations belong to no slot, and their joules were not paid for this job. */
export function withImported(ledger: Ledger, count: number): Ledger {
  return { ...ledger, totals: { ...ledger.totals, imported: (ledger.totals.imported ?? 0) + count } };
}

/** An observation closes its attempt; the slot ends with it unless the recurrence is to try again. */
export function withObservation(ledger: Ledger, observation: Observation, answer: TellAnswer, toldAt: string): Ledger {
  const slot = ledger.slots.find((each) => each.attempts.some(({ decision }) => decision.id === observation.id));
  const totals = totalsAfter(ledger.totals, observation, answer);
  if (slot === undefined) return { ...ledger, totals };
  const attempts = slot.attempts.map((attempt) =>
    attempt.decision.id === observation.id
      ? { ...attempt, decision: trained(attempt.decision), observation, toldAt, answer }
      : attempt,
  );
  return replaceSlot({ ...ledger, totals }, ended({ ...slot, attempts }, stateAfter(observation, answer)));
}

/** A slot of which one run converged has run, whatever else is heard of it. */
function ended(slot: Omit<Slot, 'state'> & Partial<Slot>, state: SlotState): Slot {
  return { ...slot, state: slot.state?.kind === 'ran' ? slot.state : state };
}

function stateAfter(observation: Observation, answer: TellAnswer): SlotState {
  if (answer.retry) return { kind: 'open' };
  if (observation.outcome === 'converged' && answer.counted) return { kind: 'ran' };
  const failure: FailureClass = observation.outcome === 'converged' ? 'infrastructure' : observation.outcome;
  return { kind: 'failed', failure };
}

function totalsAfter(totals: Totals, observation: Observation, answer: TellAnswer): Totals {
  const told = totals.told + 1;
  if (!answer.counted) return { ...totals, told, quarantined: totals.quarantined + 1 };
  return {
    ...totals,
    told,
    counted: totals.counted + 1,
    joules: totals.joules + observation.joules,
    seconds: totals.seconds + observation.seconds,
  };
}

function slotNamed(ledger: Ledger, name: string): Slot | undefined {
  return ledger.slots.find(({ slot }) => slot === name);
}

/** Puts a slot where its time belongs, keeps the latest ones, and counts how slots ended. */
function replaceSlot(ledger: Ledger, slot: Slot): Ledger {
  const before = slotNamed(ledger, slot.slot);
  const others = ledger.slots.filter((each) => each !== before);
  const slots = [...others, slot].sort((a, b) => (a.slot < b.slot ? -1 : 1));
  return {
    slots: forgetOldest(slots, slot),
    totals: { ...ledger.totals, slots: recount(ledger.totals.slots, before, slot) },
  };
}

/** Keeps the latest slots, older ones that are open still, and the one of which something was heard just now. */
function forgetOldest(slots: readonly Slot[], changed: Slot): readonly Slot[] {
  const latest = slots.length - ledgerLength;
  const kept = slots.filter((slot, i) => i >= latest || slot.state.kind === 'open' || slot === changed);
  let runs = 0;
  return kept
    .toReversed()
    .map((slot) => {
      const explained = runs < explainedRuns;
      runs += slot.attempts.length;
      return explained ? slot : withoutDetails(slot);
    })
    .toReversed();
}

/** What stands behind a decision, single measurements and intervals stay in history; the policy has learned from them. */
function withoutDetails(slot: Slot): Slot {
  if (slot.attempts.every(isBrief)) return slot;
  const attempts = slot.attempts.map(({ decision, observation, ...attempt }) => ({
    ...attempt,
    decision: barely(decision),
    ...(observation === undefined ? {} : { observation: summed(observation) }),
  }));
  return { ...slot, attempts };
}

function isBrief({ decision, observation }: Attempt): boolean {
  const { considered, profiled, grid } = decision;
  const isBare = considered.length === 0 && profiled === undefined && (grid === undefined || grid.explanation === '');
  return isBare && (observation?.measurements ?? []).length === 0 && observation?.grid === undefined;
}

function barely({ grid, ...decision }: Decision): Decision {
  const brief = briefly(trained(decision));
  if (grid === undefined) return brief;
  return { ...brief, grid: { ...grid, explanation: '', steering: { ...grid.steering, budget: null } } };
}

/** A run that is over needs its profile no more. */
function trained({ profiled: _profiled, ...decision }: Decision): Decision {
  return decision;
}

function summed({ grid: _grid, ...observation }: Observation): Observation {
  return { ...observation, measurements: [] };
}

function recount(counts: Totals['slots'], before: Slot | undefined, after: Slot): Totals['slots'] {
  const one = (slot: Slot | undefined, kind: SlotState['kind']) => (slot?.state.kind === kind ? 1 : 0);
  const change = (kind: 'ran' | 'skipped' | 'failed') => counts[kind] + one(after, kind) - one(before, kind);
  return { ran: change('ran'), skipped: change('skipped'), failed: change('failed') };
}

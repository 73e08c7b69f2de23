/** Runs that are trained elsewhere, in the ledger: how they are named, told apart and found again. */
import { ApplicationFailure } from '@temporalio/common';
import type { Observation } from '../policy/facts';
import type { JobSpec } from './contracts';
import { briefly } from './ledger';
import { type AskRequest, type Attempt, type Ledger, type OutsideFacts, askId } from './messages';
import type { OutsideAsk, OutsideRun, OutsideTell, RunName } from './outsideMessages';
import { check, invalid, isCount, isGpus, isAnySlot, isText, type Rule } from './wellFormed';

const longestKey = 200;
const longestId = 60;
const optional = (holds: (value: unknown) => boolean) => (value: unknown) => value === undefined || holds(value);
const rules: readonly Rule[] = [
  ['key', optional((value) => isText(value, longestKey) && value !== ''), `1 to ${longestKey} characters`],
  ['slot', optional(isAnySlot), 'an instant such as 2021-07-01T00:00:00Z'],
  ['attempt', optional(isCount), 'an integer of at least 1'],
];

/** @throws ApplicationFailure `InvalidMessage` */
export function checkOutsideAsk(message: unknown, { job, trainer }: JobSpec): void {
  const { slot, attempt, gpus = trainer['gpus'] } = check('decide', message, rules);
  if (slot === undefined && attempt !== undefined && attempt !== 1)
    throw invalid('Cannot decide: attempt needs the slot of the attempt before.');
  if (!isGpus(gpus))
    throw invalid(
      `Cannot decide: job ${job} names no gpus in its trainer, so each ask must: a model, a count and powerLimitsWatts.`,
    );
}

/** The ask that the bandit puts to itself, and what the ledger keeps of who asked. */
export interface Named {
  readonly request: AskRequest;
  readonly outside: Omit<OutsideFacts, 'number'>;
}

/** `at`: the slot of a run that nobody named, unless it is taken. */
export function named(ask: OutsideAsk, spec: JobSpec, ledger: Ledger, at: string): Named {
  const gpus = ask.gpus ?? spec.trainer['gpus'];
  if (!isGpus(gpus)) throw invalid('Cannot decide: no gpus.');
  const { key } = ask;
  const known = key === undefined ? undefined : runsOf(ledger).find(({ run }) => run.outside?.key === key);
  const { slot = known?.slot ?? freeSlot(ledger, at), attempt = 1 } = ask;
  return {
    request: { id: askId(slot, attempt), slot, attempt, gpus },
    outside: { gpus, ...(key === undefined ? {} : { key }) },
  };
}

/** Many may ask within one millisecond of the workflow's time. */
function freeSlot({ slots }: Ledger, at: string): string {
  const taken = new Set(slots.map(({ slot }) => slot));
  let slot = at;
  while (taken.has(slot)) slot = new Date(Date.parse(slot) + 1).toISOString();
  return slot;
}

export function unknownRun(id: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    `Cannot learn from run ${id}: no decision of this id is remembered.`,
    'UnknownRun',
  );
}

/** @throws ApplicationFailure `UnknownRun` */
export function toldOf(told: OutsideTell, ledger: Ledger): Observation {
  const { id } = check('learn', told, [['id', (value) => isText(value, longestId), 'that of a decision']]);
  const known = runsOf(ledger).find(({ run }) => run.decision.id === id);
  if (known === undefined) throw unknownRun(String(id));
  const { slot, run } = known;
  const { decision, outside } = run;
  // A limit that nobody decided or told was the highest.
  const highest = Math.max(0, ...(outside?.gpus.powerLimitsWatts ?? []));
  return {
    batchSize: decision.batchSize,
    powerLimitWatts: decision.powerLimitWatts ?? highest,
    gpuModel: outside?.gpus.model ?? 'unknown',
    ...told,
    ...{ slot, attempt: attemptIn(slot, run) },
  };
}

export function findRun(ledger: Ledger, spec: JobSpec, name: RunName): OutsideRun | null {
  const is = ({ decision, outside }: Attempt) =>
    'id' in name ? decision.id === name.id : outside?.number === name.number;
  const runs = runsOf(ledger);
  const found = runs.findLast(({ run }) => is(run));
  if (found === undefined) return null;
  const { slot, run } = found;
  const { maxEpochs, target, trainer } = spec;
  return {
    slot,
    attempt: attemptIn(slot, run),
    run: { ...run, decision: briefly(run.decision) },
    job: { maxEpochs, target, trainer },
    lostInARow: lostInARow(runs, run.decision.batchSize),
  };
}

/** Its decision's id is the slot, a slash and this. */
const attemptIn = (slot: string, { decision }: Attempt) => Number(decision.id.slice(slot.length + 1));

interface RunOfSlot {
  readonly slot: string;
  readonly run: Attempt;
}

function runsOf({ slots }: Ledger): readonly RunOfSlot[] {
  return slots.flatMap(({ slot, attempts }) => attempts.map((run) => ({ slot, run })));
}

function lostInARow(runs: readonly RunOfSlot[], batchSize: number): number {
  const ended = runs.filter(
    ({ run }) => run.decision.batchSize === batchSize && (run.observation !== undefined || run.expired === true),
  );
  const before = ended.findLastIndex(({ run }) => (run.observation?.epochs ?? 0) > 0);
  return ended.length - 1 - before;
}

/** Runs the policy. The only bridge from activities to policy/; called as a local activity, so its answer is recorded. */
import { ApplicationFailure } from '@temporalio/common';
import type { Job } from '../policy/facts';
import { createWattbandit } from '../policy/batchSize';
import { createZeus } from '../policy/batchSizeZeus';
import type { GridMemory } from '../policy/gridMemory';
import { type Override, type Standing, activeAt, standingOf } from '../policy/override';
import type { Ask, Candidate, Decision, Policy } from '../policy/policy';
import { createRandom, seedFor } from '../policy/random';
import { type JobSpec, failureTypes } from '../workflows/contracts';
import type { AskRequest, Facts } from '../workflows/messages';
import type { GridView } from './carbon/gridWatch';
import { type GridQuestion, decideUnderGrid, gridMemoryOf } from './carbon/underGrid';
import { skippedSlots } from './slots';
import { type LastChoice, askUnder, decisionUnder } from './underOrders';
import { withinTrust } from './withinTrust';

/** `since`: observations that `memory` does not contain yet, oldest first. */
export interface DecideInput extends Facts {
  readonly request: AskRequest;
  readonly inFlight: readonly number[];
  readonly lastSlot?: string;
  /** The operator's, and the instant at which those that hold are looked up. */
  readonly overrides?: readonly Override[];
  readonly at?: string;
  /** What the latest run was given. */
  readonly last?: LastChoice | undefined;
  /** Follows from the names of job and ask, unless given: somebody decides again under other names. */
  readonly seed?: number;
}

/** What a decision was made from, as far as the order of messages in history does not say. */
export interface Knew {
  /** Observations told since the memory was brought up to date. */
  readonly since: number;
  /** Batch sizes of the runs that were open. */
  readonly inFlight: readonly number[];
  /** When overrides were looked up, where there were any. */
  readonly at?: string;
  /** Version of Node: another one may compute the last digit differently. */
  readonly node: string;
}

export interface DecideAnswer {
  readonly decision: Decision;
  /** The memory with `since` in it, given when it is time to forget the single observations. */
  readonly memory?: unknown;
  /** The memory of the grid, likewise, of a job that follows its grid. */
  readonly grid?: GridMemory;
  /** Scheduled slots between `lastSlot` and this one. */
  readonly skipped: readonly string[];
  /** Absent from answers of version 0.1. */
  readonly knew?: Knew;
}

/** What is to be learned without deciding anything. */
export type LearnInput = Pick<DecideInput, 'spec' | 'memory' | 'since'>;

/** Observations are folded into the memory this many at a time: rarely, to keep history small. */
const foldEvery = 32;

export function createDecideActivities() {
  return {
    /** Pure in all but its name: the same input gives the same answer. */
    async decide(input: DecideInput): Promise<DecideAnswer> {
      const { since, inFlight, at } = input;
      const knew = { since: since.length, inFlight, ...(at === undefined ? {} : { at }), node: process.versions.node };
      return { ...decideKnowing(learnedBy(policyFor(input.spec), input), input), knew };
    },

    /** The memory with `since` in it. */
    async learn(input: LearnInput): Promise<unknown> {
      return learnedBy(policyFor(input.spec), input);
    },
  };
}

export type DecideActivities = ReturnType<typeof createDecideActivities>;

/** `memory`: with `input.since` in it. */
export function decideKnowing(memory: unknown, input: DecideInput): DecideAnswer {
  const { spec, request, since } = input;
  const policy = policyFor(spec);
  const active = activeAt(input.overrides ?? [], input.at ?? '');
  const told = gridQuestion(input);
  const decideUnder = (standing: Standing) => {
    const random = createRandom(input.seed ?? seedOf(spec.job, request.id));
    const ask = askUnder(askFor(input), standing, input.last);
    const decideAt = (eta: number) => {
      const decided = policy.decide(memory, { ...ask, objective: { ...ask.objective, eta } }, random);
      return decisionUnder(decided, ask, standing, input.last);
    };
    // Where an operator set η, he and not the grid moves it.
    const question = standing.eta === undefined && standing.tuning ? told : undefined;
    if (question === undefined) return besideGrid(input, decideAt(ask.objective.eta));
    // In the shadow the grid is looked at, and nothing follows.
    return decideUnderGrid({ ...question, mayTimer: standing.trust !== 'shadow' }, decideAt);
  };
  const decided = withinTrust(standingOf(active, spec.trust), decideUnder);
  const decision = active.length === 0 ? decided : { ...decided, overrides: active.map(({ id }) => id) };
  const folds = since.length >= foldEvery;
  const grid = folds ? told?.memory : told && gridOfTheDay(input, told.view);
  return {
    decision: forHistory(decision),
    ...(folds ? { memory } : {}),
    ...(grid === undefined ? {} : { grid }),
    skipped: skippedSlots(spec.schedule, input.lastSlot, request.slot),
  };
}

export const seedOf = (job: string, askId: string) => seedFor(`${job}/${askId}`);

export function learnedBy<Memory>(policy: Policy<Memory>, { spec, memory, since }: LearnInput): Memory {
  const job = jobFor(spec);
  const recalled = memory === undefined ? policy.begin(job) : policy.recall(memory);
  const learned = since.reduce((known, observation) => policy.observe(known, observation, job), recalled);
  return policy.forget?.(learned) ?? learned;
}

/** @throws ApplicationFailure `InvalidRequest` for a policy that this version does not know */
export function policyFor(spec: JobSpec): Policy<unknown> {
  switch (spec.policy.name) {
    case 'wattbandit':
      return createWattbandit({ trustRegion: spec.policy.trustRegion });
    case 'zeus':
      return createZeus(spec.policy);
    default:
      throw unknownPolicy(spec.policy);
  }
}

function unknownPolicy(policy: { readonly name: string }): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    `Cannot decide by policy ${policy.name}: this worker knows wattbandit and zeus; upgrade it or change the job.`,
    failureTypes.invalidRequest,
  );
}

export function askFor({ spec, request, inFlight }: Pick<DecideInput, 'spec' | 'request' | 'inFlight'>): Ask {
  const { eta, maxSlowdown, deadline } = spec.objective;
  const { id, slot, attempt, gpus } = request;
  return {
    id,
    slot,
    attempt,
    gpus,
    job: jobFor(spec),
    objective: { eta, maxSlowdown, deadlineSeconds: deadline },
    inFlight,
    exploration: true,
  };
}

export function jobFor(spec: JobSpec): Job {
  const { job: id, batchSizes, defaultBatchSize, maxEpochs } = spec;
  return { id, batchSizes, defaultBatchSize, maxEpochs };
}

function gridQuestion(input: DecideInput): Omit<GridQuestion, 'mayTimer'> | undefined {
  const { spec, request } = input;
  const { grid: view } = request;
  if (spec.carbon === undefined || view === undefined) return undefined;
  return { spec, carbon: spec.carbon, request, view, memory: gridMemoryOf(input, view) };
}

function besideGrid({ spec: { carbon }, request }: DecideInput, decision: Decision): Decision {
  if (carbon === undefined || request.grid !== undefined) return decision;
  const remark = 'Its host is told of no grid (`carbon:` in the worker’s configuration), so the job’s own η counts.';
  return { ...decision, reason: `${decision.reason} ${remark}` };
}

/** Once a day, which keeps history small: hosts tell anew with each ask. Runs told since are left for when they are folded. */
function gridOfTheDay(input: DecideInput, view: GridView): GridMemory | undefined {
  const dayOf = ({ digest }: GridMemory) => digest?.reference.countedToAt?.slice(0, 10);
  const now = gridMemoryOf({ ...input, since: [] }, view);
  const isNew =
    input.grid === undefined || dayOf(input.grid) !== dayOf(now) || (input.grid.budget === null && now.budget !== null);
  return isNew ? now : undefined;
}

function forHistory(decision: Decision): Decision {
  return { ...decision, considered: decision.considered.map(rounded) };
}

/** Six digits say all that a person or a later check needs, and keep the explanation small in history. */
function rounded(candidate: Candidate): Candidate {
  const short = (value: number | null) => (value === null ? null : Number(value.toPrecision(6)));
  return {
    ...candidate,
    predictedEpochs: short(candidate.predictedEpochs),
    predictedCostJoules: short(candidate.predictedCostJoules),
    predictedSeconds: short(candidate.predictedSeconds),
    sd: short(candidate.sd),
    gainJoules: short(candidate.gainJoules),
    priceJoules: short(candidate.priceJoules),
  };
}

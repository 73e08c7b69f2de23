/** Runs the policy. The only bridge from activities to policy/; called as a local activity, so its answer is recorded. */
import { ApplicationFailure } from '@temporalio/common';
import type { Job, Observation } from '../policy/facts';
import { createWattbandit } from '../policy/batchSize';
import { createZeus } from '../policy/batchSizeZeus';
import type { Ask, Candidate, Decision, Policy } from '../policy/policy';
import { createRandom, seedFor } from '../policy/random';
import { type JobSpec, failureTypes } from '../workflows/contracts';
import type { AskRequest } from '../workflows/messages';
import { skippedSlots } from './slots';

export interface DecideInput {
  readonly spec: JobSpec;
  readonly memory?: unknown;
  /** Observations that `memory` does not contain yet, oldest first. */
  readonly since: readonly Observation[];
  readonly request: AskRequest;
  readonly inFlight: readonly number[];
  readonly lastSlot?: string;
}

export interface DecideAnswer {
  readonly decision: Decision;
  /** The memory with `since` in it, given when it is time to forget the single observations. */
  readonly memory?: unknown;
  /** Scheduled slots between `lastSlot` and this one. */
  readonly skipped: readonly string[];
}

/** What is to be learned without deciding anything. */
export type LearnInput = Pick<DecideInput, 'spec' | 'memory' | 'since'>;

/** Observations are folded into the memory this many at a time: rarely, to keep history small. */
const foldEvery = 32;

export function createDecideActivities() {
  return {
    /** Pure in all but its name: the same input gives the same answer. */
    async decide(input: DecideInput): Promise<DecideAnswer> {
      const { spec, request, since } = input;
      const policy = policyFor(spec);
      const memory = learnedBy(policy, input);
      const random = createRandom(seedFor(`${spec.job}/${request.id}`));
      const decision = policy.decide(memory, askFor(input), random);
      return {
        decision: forHistory(decision),
        ...(since.length >= foldEvery ? { memory } : {}),
        skipped: skippedSlots(spec.schedule, input.lastSlot, request.slot),
      };
    },

    /** The memory with `since` in it. */
    async learn(input: LearnInput): Promise<unknown> {
      return learnedBy(policyFor(input.spec), input);
    },
  };
}

export type DecideActivities = ReturnType<typeof createDecideActivities>;

function learnedBy<Memory>(policy: Policy<Memory>, { spec, memory, since }: LearnInput): Memory {
  const job = jobFor(spec);
  const recalled = memory === undefined ? policy.begin(job) : policy.recall(memory);
  return since.reduce((known, observation) => policy.observe(known, observation, job), recalled);
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

/** Without what nobody needs again: a limit that is chosen needs its profile no more. */
function forHistory({ profiled, ...decision }: Decision): Decision {
  const needed = decision.powerLimitWatts === null && profiled !== undefined;
  return { ...decision, ...(needed ? { profiled } : {}), considered: decision.considered.map(rounded) };
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

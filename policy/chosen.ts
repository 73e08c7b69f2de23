/** A policy out of one pure function: for trying out ideas on a log or on recorded jobs. */
import type { Observation } from './facts';
import type { Ask, Decision, Policy } from './policy';
import type { Random } from './random';
import { recallVersion } from './recall';

export interface ChoiceFacts {
  /** What is asked: the job, its GPUs, η, and which run of the recurrence it is. */
  readonly ask: Ask;
  /** What came of the runs so far, oldest first. */
  readonly observations: readonly Observation[];
}

/** `powerLimitWatts`: null to measure all limits while it trains, and hold the best under η. */
export interface Choice {
  readonly batchSize: number;
  readonly powerLimitWatts: number | null;
}

/** The same facts and the same random numbers give the same choice. */
export type Choose = (facts: ChoiceFacts, random: Random) => Choice;

interface Observations {
  readonly version: 1;
  readonly observations: readonly Observation[];
}

const nothing: Observations = { version: 1, observations: [] };

/** No ceiling, no probes, no explanation but the choice. @throws RangeError for a size or a limit that is not there to be chosen */
export function policyOf(name: string, choose: Choose): Policy<Observations> {
  return {
    name,
    begin: () => nothing,
    recall: (stored) => recallVersion(name, nothing, stored),
    observe: ({ observations }, observation) => ({ version: 1, observations: [...observations, observation] }),
    decide: ({ observations }, ask, random) => decisionOf(name, ask, choose({ ask, observations }, random)),
  };
}

function decisionOf(policy: string, ask: Ask, choice: Choice): Decision {
  const { id, job, gpus, objective, pinnedBatchSize } = ask;
  const { batchSize, powerLimitWatts } = choice;
  if (!job.batchSizes.includes(batchSize))
    throw new RangeError(
      `Cannot decide by ${policy}: it chose batch size ${batchSize} of ${job.batchSizes.join(', ')}.`,
    );
  if (powerLimitWatts !== null && !gpus.powerLimitsWatts.includes(powerLimitWatts))
    throw new RangeError(
      `Cannot decide by ${policy}: it chose ${powerLimitWatts} W of ${gpus.powerLimitsWatts.join(', ')} W.`,
    );
  return {
    ...{ id, policy, objective, powerLimitWatts, batchSize: pinnedBatchSize ?? batchSize },
    ...{ pace: { kind: 'free' }, costCeilingJoules: null, mode: 'exploit', probes: null, incumbent: null },
    ...{ reason: `Chosen by ${policy}.`, considered: [] },
  };
}

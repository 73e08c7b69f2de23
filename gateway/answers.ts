/** What the ledger knows, as the contract shows it. */
import type { z } from 'zod';
import { maxPowerWatts } from '../policy/cost';
import type { Observation } from '../policy/facts';
import type { Withheld } from '../policy/policy';
import type { JobSpec } from '../workflows/contracts';
import type { Attempt } from '../workflows/messages';
import type * as shapes from './shapes';

type DecisionAnswer = z.output<typeof shapes.decision>;
type ObservationAnswer = z.output<typeof shapes.observation>;

/** A run, and what of its job whoever trains it has to know. */
export interface RunOfJob {
  readonly job: string;
  readonly slot: string;
  readonly attempt: number;
  readonly run: Attempt;
  readonly terms: Pick<JobSpec, 'maxEpochs' | 'target'>;
}

export function decisionAnswer({ job, slot, attempt, run, terms }: RunOfJob): DecisionAnswer {
  const { decision, outside, decidedAt, leaseExpiresAt, expired, observation } = run;
  const { id, batchSize, powerLimitWatts, costCeilingJoules, mode, policy, reason, objective } = decision;
  return {
    ...{ id, job, slot, attempt, batchSize, mode, policy, reason, decidedAt, leaseExpiresAt },
    ...{ eta: objective.eta, maxEpochs: terms.maxEpochs, target: terms.target },
    ...(powerLimitWatts === null ? {} : { powerLimitWatts }),
    ...(costCeilingJoules === null ? {} : { costCeilingJoules }),
    ...(outside === undefined
      ? {}
      : { number: outside.number, gpuModel: outside.gpus.model, maxPowerWatts: maxPowerWatts(outside.gpus) }),
    ...(decision.withheld === undefined ? {} : { withheld: withheldAnswer(decision.withheld) }),
    ...(expired === true ? { expired } : {}),
    ...(observation === undefined ? {} : { observation: observationAnswer(observation) }),
  };
}

function withheldAnswer({ level, would }: Withheld): NonNullable<DecisionAnswer['withheld']> {
  const { batchSize, powerLimitWatts, mode } = would;
  return { level, batchSize, mode, ...(powerLimitWatts === null ? {} : { powerLimitWatts }) };
}

export function observationAnswer(observation: Observation): ObservationAnswer {
  const { id, slot, attempt, gpuModel, batchSize, powerLimitWatts, outcome, detail } = observation;
  const { epochs, reachedEpochLimit, seconds, joules } = observation;
  return {
    ...{ id, slot, attempt, gpuModel, batchSize, powerLimitWatts, outcome, epochs, reachedEpochLimit, seconds, joules },
    ...(detail === undefined ? {} : { detail }),
  };
}

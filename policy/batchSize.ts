/**
 * The bandit over batch sizes, `wattbandit`. A run costs epochs × cost per epoch; the second factor is measured cheaply by
 * profiles and probes, so only epochs need whole runs, and a size is tried when what it may save over the runs to come
 * exceeds what the trial is expected to cost. Nothing is drawn at random.
 */
import { believe, type Beliefs } from './beliefs';
import { choose } from './choose';
import { reasonFor } from './explain';
import { incumbentOf } from './incumbent';
import { learn } from './learn';
import { emptyMemory, type Memory } from './memory';
import { parametersFor, type Parameters, type WattbanditOptions } from './parameters';
import { profiledOf } from './measurements';
import type { Ask, Candidate, Decision, Policy } from './policy';
import { planProbes } from './probes';
import { recallVersion } from './recall';
import { horizonOf, weighTrials, type Trial } from './trials';

export function createWattbandit(options: WattbanditOptions = {}): Policy<Memory> {
  const parameters = parametersFor(options);
  return {
    name: 'wattbandit',
    begin: () => emptyMemory,
    recall: (stored) => recallVersion('wattbandit', emptyMemory, stored),
    observe: (memory, observation, job) => learn(memory, observation, job, parameters),
    decide: (memory, ask) => decide(memory, ask, parameters),
  };
}

export const wattbandit: Policy<Memory> = createWattbandit();

function decide(memory: Memory, ask: Ask, parameters: Parameters): Decision {
  const beliefs = believe(memory, ask, parameters);
  const incumbent = incumbentOf(beliefs, ask);
  const horizon = horizonOf(memory.runs, ask, parameters);
  const trials = incumbent === null ? [] : weighTrials({ beliefs, incumbent, horizon, ask, parameters });
  const circumstances = { memory, ask, beliefs, incumbent, trials, horizon, parameters };
  const choice = choose(circumstances);
  const { belief, mode, costCeilingJoules } = choice;
  const profiled = profiledOf(memory, ask.gpus, belief.batchSize);
  return {
    id: ask.id,
    policy: 'wattbandit',
    batchSize: belief.batchSize,
    powerLimitWatts: belief.swept ? belief.powerLimitWatts : null,
    ...(profiled.length === 0 ? {} : { profiled }),
    pace: belief.pace,
    costCeilingJoules,
    mode,
    objective: ask.objective,
    probes: planProbes(circumstances, belief.batchSize, beliefs.epochsKnown ? belief.epochs : null),
    reason: reasonFor(choice, circumstances),
    incumbent: incumbent?.batchSize ?? null,
    considered: trials.map((trial) => candidateOf(trial, beliefs)),
  };
}

function candidateOf({ belief, gainJoules, priceJoules, verdict }: Trial, { joulesKnown }: Beliefs): Candidate {
  return {
    batchSize: belief.batchSize,
    powerLimitWatts: belief.powerLimitWatts,
    predictedEpochs: belief.epochs,
    predictedCostJoules: joulesKnown ? belief.costJoules : null,
    predictedSeconds: joulesKnown ? belief.seconds : null,
    sd: Math.sqrt(belief.variance),
    gainJoules: joulesKnown ? gainJoules : null,
    priceJoules: joulesKnown ? priceJoules : null,
    verdict,
  };
}

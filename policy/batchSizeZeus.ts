/** Zeus's own policy for batch sizes, faithful to the paper's artifact: what ours is compared with. */
import { explain, inJoules } from './batchSizeZeusExplanation';
import { worthKeeping } from './batchSizeZeusMemory';
import type { Arm, Pricing, ZeusBelief, ZeusRules, ZeusTrial } from './batchSizeZeusReplay';
import { believe } from './batchSizeZeusReplay';
import { maxPowerWatts } from './cost';
import {
  type Gpus,
  isPlausible,
  type Objective,
  type Observation,
  type PowerMeasurement,
  teachingFailures,
} from './facts';
import { isUnknown } from './imported';
import type { Ask, Decision, DecisionMode, Policy } from './policy';
import type { Pace } from './powerLimit';
import { choosePowerLimit } from './powerLimit';
import type { Random } from './random';
import { recallVersion } from './recall';

/** Facts only. Zeus tunes one job on one GPU model: nothing is carried from one model to another. */
export interface ZeusMemory {
  readonly version: 1;
  readonly gpus: Readonly<Record<string, ZeusGpuMemory>>;
}

export interface ZeusGpuMemory {
  readonly trials: readonly ZeusTrial[];
  /** By batch size. */
  readonly profiles: Readonly<Record<string, readonly PowerMeasurement[]>>;
}

const emptyMemory: ZeusMemory = { version: 1, gpus: {} };
const nothing: ZeusGpuMemory = { trials: [], profiles: {} };

/** The defaults are those of the paper's experiments. */
export function createZeus(rules: Partial<ZeusRules> = {}): Policy<ZeusMemory> {
  const all: ZeusRules = { beta: 2, pruningRounds: 2, explorations: 2, window: 0, ...rules };
  return {
    name: 'zeus',
    begin: () => emptyMemory,
    recall: (stored) => recallVersion('zeus', emptyMemory, stored),
    observe,
    forget: (memory) => forget(all, memory),
    decide: (memory, ask, random) => decide(all, memory.gpus[ask.gpus.model] ?? nothing, ask, random),
  };
}

function observe(memory: ZeusMemory, observation: Observation): ZeusMemory {
  const { gpuModel, outcome } = observation;
  const { trials, profiles } = memory.gpus[gpuModel] ?? nothing;
  const reached = outcome === 'converged';
  const teaches = reached || teachingFailures.includes(outcome);
  const { slot, batchSize, epochs, joules, seconds } = observation;
  // Whatever its epochs, it ran.
  const counted = isUnknown(observation, 'epochs') ? 1 : epochs;
  const trial: ZeusTrial = { slot, batchSize, epochs: counted, joules, seconds, reached };
  return {
    ...memory,
    gpus: {
      ...memory.gpus,
      [gpuModel]: {
        trials: teaches ? [...trials, trial] : trials,
        profiles: observation.measurements.filter(isPlausible).reduce(withMeasurement, profiles),
      },
    },
  };
}

function forget(rules: ZeusRules, memory: ZeusMemory): ZeusMemory {
  const gpus = Object.entries(memory.gpus).map(([model, of]) => [
    model,
    { ...of, trials: worthKeeping(of.trials, rules) },
  ]);
  return { ...memory, gpus: Object.fromEntries(gpus) };
}

/** The newest measurement of a limit counts. Zeus has no use for probes of other sizes. */
function withMeasurement(profiles: ZeusGpuMemory['profiles'], measured: PowerMeasurement): ZeusGpuMemory['profiles'] {
  if (measured.source === 'probe') return profiles;
  const others = (profiles[measured.batchSize] ?? []).filter((at) => at.powerLimitWatts !== measured.powerLimitWatts);
  return { ...profiles, [measured.batchSize]: [...others, measured] };
}

interface Choice {
  readonly batchSize: number;
  readonly mode: DecisionMode;
  readonly reason: string;
  /** What was drawn for each arm. */
  readonly drawn: ReadonlyMap<number, number>;
}

function decide(rules: ZeusRules, memory: ZeusGpuMemory, ask: Ask, random: Random): Decision {
  const pricing: Pricing = { eta: ask.objective.eta, maxPowerWatts: maxPowerWatts(ask.gpus) };
  const belief = believe(ask.job, memory.trials, pricing, rules);
  const choice = choose(belief, memory, ask, rules, random);
  const pace = paceUnder(ask.objective);
  const limit = (batchSize: number) => limitFor(memory.profiles[batchSize], ask, pricing, pace);
  const powerLimitWatts = limit(choice.batchSize);
  const profiled = settableIn(memory.profiles[choice.batchSize], ask.gpus);
  return {
    id: ask.id,
    policy: 'zeus',
    batchSize: choice.batchSize,
    powerLimitWatts,
    ...(powerLimitWatts === null ? {} : { profiled }),
    pace,
    costCeilingJoules: ceilingOf(belief, rules, choice),
    mode: ask.attempt > 1 && choice.mode !== 'pinned' ? 'retry' : choice.mode,
    objective: ask.objective,
    probes: null,
    reason: choice.reason,
    incumbent: belief.minCostJoules === null ? null : belief.bestKnown,
    considered: ask.job.batchSizes.map((batchSize) => ({
      ...explain(batchSize, belief, choice.drawn.get(batchSize), batchSize === choice.batchSize),
      powerLimitWatts: limit(batchSize),
    })),
  };
}

function ceilingOf(belief: ZeusBelief, rules: ZeusRules, choice: Choice): number | null {
  if (belief.minCostJoules === null || rules.beta === null || choice.mode === 'pinned') return null;
  return rules.beta * belief.minCostJoules;
}

function choose(belief: ZeusBelief, memory: ZeusGpuMemory, ask: Ask, rules: ZeusRules, random: Random): Choice {
  const pick = (batchSize: number, mode: DecisionMode, reason: string): Choice => ({
    batchSize,
    mode,
    reason,
    drawn: new Map(),
  });
  const { stage, bestKnown } = belief;
  if (ask.pinnedBatchSize !== undefined) {
    return pick(ask.pinnedBatchSize, 'pinned', `The operator pinned batch size ${ask.pinnedBatchSize}.`);
  }
  if (!ask.exploration) return pick(bestKnown, 'exploit', `Exploration is paused: best known size ${bestKnown}.`);
  if (stage.kind === 'arms') return sample(belief.arms, rules.explorations, random);
  const round = `Pruning round ${stage.round} of ${rules.pruningRounds}`;
  if (ask.inFlight.includes(stage.awaited)) {
    return pick(
      bestKnown,
      'exploit',
      `${round} awaits ${stage.awaited}, which is in flight: best known size ${bestKnown}.`,
    );
  }
  if (memory.trials.length === 0)
    return pick(stage.awaited, 'first', `First run: the default batch size ${stage.awaited}.`);
  return pick(stage.awaited, 'explore', `${round}: batch size ${stage.awaited} is next.`);
}

/** Gaussian Thompson sampling; an arm with too few results goes first, in random order. Ties go to the smaller size. */
function sample(arms: readonly Arm[], explorations: number, random: Random): Choice {
  // An arm without results has no posterior to draw from.
  const scarce = arms.filter((arm) => arm.results < Math.max(explorations, 1));
  const first = scarce.length === 0 ? undefined : scarce[Math.floor(random.uniform() * scarce.length)];
  if (first !== undefined) {
    const reason = `Batch size ${first.batchSize} has ${first.results} of ${explorations} results.`;
    return { batchSize: first.batchSize, mode: 'explore', reason, drawn: new Map() };
  }
  const drawn = new Map(arms.map((arm) => [arm.batchSize, random.normal(arm.mean, Math.sqrt(1 / arm.precision))]));
  const [batchSize, reward] = [...drawn].reduce((best, at) => (at[1] > best[1] ? at : best));
  const reason = `Thompson sampling: ${batchSize} drew the least cost of ${arms.length} arms, ${inJoules(-reward)}.`;
  return { batchSize, mode: 'exploit', reason, drawn };
}

/** So many limits make a profile of a GPU that has many. */
const WHOLE_PROFILE = 5;

/** Of the limits that may be set now; null until the profile is taken. */
function limitFor(
  profile: readonly PowerMeasurement[] | undefined,
  ask: Ask,
  pricing: Pricing,
  pace: Pace,
): number | null {
  const { powerLimitsWatts } = ask.gpus;
  const settable = settableIn(profile, ask.gpus);
  if (settable.length < Math.min(powerLimitsWatts.length, WHOLE_PROFILE)) return null;
  return choosePowerLimit(pricing.eta, pricing.maxPowerWatts, pace)(settable).powerLimitWatts;
}

function settableIn(profile: readonly PowerMeasurement[] | undefined, { powerLimitsWatts }: Gpus) {
  return (profile ?? []).filter((at) => powerLimitsWatts.includes(at.powerLimitWatts));
}

/** Zeus's selectors: time under a deadline, `MaxSlowdownConstraint` under a bound, else cost. */
function paceUnder(objective: Objective): Pace {
  if (objective.deadlineSeconds !== undefined) return { kind: 'fastest' };
  if (objective.maxSlowdown !== undefined) return { kind: 'ofMaximumPower', factor: objective.maxSlowdown };
  return { kind: 'free' };
}

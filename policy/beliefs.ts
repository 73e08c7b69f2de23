/** What is believed of every batch size under one objective: epochs × cost per epoch, how sure, how long, how fast. */
import { believeEpochCosts, measuredOn } from './epochCost';
import { believeEpochs, gridFor } from './epochs';
import { at } from './gaussianProcess';
import { canHold, convergedOf, failedOf, gpuOf, type Memory } from './memory';
import { pacesFor } from './paces';
import type { Parameters } from './parameters';
import type { Ask } from './policy';
import type { Pace } from './powerLimit';

/** The part of an {@link Ask} that beliefs depend on. */
export type Question = Pick<Ask, 'job' | 'gpus' | 'objective' | 'inFlight' | 'pinnedBatchSize'>;

export interface Belief {
  readonly batchSize: number;
  readonly doublings: number;
  /** It has converged at least once. */
  readonly proven: boolean;
  /** It may be the incumbent: proven, or the default before it failed, and not known to be too large for this GPU. */
  readonly eligible: boolean;
  /** Why it is out of the question whatever the incumbent costs, or null. */
  readonly ruledOut: string | null;
  /** Best of the limits measured on this GPU model, and whether its whole profile is known. */
  readonly powerLimitWatts: number | null;
  readonly swept: boolean;
  readonly pace: Pace;
  readonly epochs: number;
  readonly epochCostSd: number;
  /** Cost under the objective: ln joules, their variance, and the expected joules. */
  readonly logCost: number;
  readonly variance: number;
  readonly costJoules: number;
  /** What the runs stopped so far prove that it costs at least, in ln joules; −Infinity where they prove nothing. */
  readonly logCostAtLeast: number;
  readonly seconds: number;
  /** 95 % of its runs should be shorter. */
  readonly lateSeconds: number;
}

export interface Beliefs {
  readonly sizes: readonly Belief[];
  /** Covariance of ln cost between two sizes, by index. */
  readonly covariance: (i: number, j: number) => number;
  readonly runVariance: number;
  /** False before any run converged: then no epochs, costs or durations are known. */
  readonly epochsKnown: boolean;
  /** False while nothing was measured on this GPU model: then costs can be compared, but their joules are unknown. */
  readonly joulesKnown: boolean;
  /** The longest run that `maxSlowdown` allows. */
  readonly slowdownSeconds: number;
}

export function believeWith(parameters: Parameters, memory: Memory, question: Question): Beliefs {
  const { job, gpus, objective, inFlight } = question;
  const grid = gridFor(job, question.pinnedBatchSize);
  const epochs = believeEpochs(memory, grid, parameters, inFlight);
  const epochsKnown = grid.sizes.some((size) => convergedOf(memory, size).n > 0);
  const { paces, slowdownSeconds } = pacesFor(memory, question, grid, epochsKnown ? epochs : null, parameters);
  const perEpoch = believeEpochCosts(memory, gpus, objective.eta, grid, paces, parameters);
  const measured = measuredOn(memory, gpus, grid);
  const gpu = gpuOf(memory, gpus.model);
  const covariance = (i: number, j: number) => at(at(epochs.covariance, i), j) + at(at(perEpoch.cost.covariance, i), j);

  const sizes = grid.sizes.map((batchSize, index): Belief => {
    const { n, epochs: paid } = convergedOf(memory, batchSize);
    const failed = failedOf(memory, batchSize);
    const proven = n > 0;
    const untried = batchSize === job.defaultBatchSize && failed.failures === 0;
    const waste = proven ? Math.log(1 + failed.wasted / (paid * (1 + parameters.wasteWeight / n))) : 0;
    const logEpochs = at(epochs.mean, index);
    const logEpochCost = at(perEpoch.cost.mean, index);
    const logCost = logEpochs + logEpochCost + waste;
    const variance = covariance(index, index);
    const swept = measured.some((of) => of.index === index && of.swept);
    const logSeconds = logEpochs + at(perEpoch.seconds.mean, index);
    const secondsVariance = swept ? 0 : at(at(perEpoch.seconds.covariance, index), index);
    const lateVariance = at(at(epochs.covariance, index), index) + epochs.runVariance + secondsVariance;
    const stopped = failed.failures > 0 && !proven;
    return {
      batchSize,
      doublings: at(grid.doublings, index),
      proven,
      eligible: (proven || untried) && canHold(gpu, batchSize),
      ruledOut: ruledOut(memory, gpus.model, batchSize, parameters),
      powerLimitWatts: perEpoch.chosen[index]?.powerLimitWatts ?? null,
      swept,
      pace: at(paces, index),
      epochs: Math.exp(logEpochs),
      epochCostSd: Math.sqrt(at(at(perEpoch.cost.covariance, index), index)),
      logCost,
      variance,
      costJoules: Math.exp(logCost + 0.5 * variance),
      logCostAtLeast: stopped
        ? Math.log(failed.stopped + 1) - parameters.stoppedZ * Math.sqrt(epochs.runVariance) + logEpochCost
        : -Infinity,
      seconds: Math.exp(logSeconds),
      lateSeconds: Math.exp(logSeconds + parameters.deadlineZ * Math.sqrt(lateVariance)),
    };
  });
  return {
    sizes,
    covariance,
    runVariance: epochs.runVariance,
    epochsKnown,
    joulesKnown: measured.length > 0,
    slowdownSeconds,
  };
}

function ruledOut(memory: Memory, model: string, batchSize: number, { maxFailures }: Parameters): string | null {
  const { failures, exhausted } = failedOf(memory, batchSize);
  if (!canHold(gpuOf(memory, model), batchSize)) return `ruled out: out of memory on ${model}`;
  if (exhausted) return 'ruled out: did not reach the target within the job epoch limit';
  if (failures >= maxFailures && convergedOf(memory, batchSize).n === 0)
    return `ruled out: failed ${failures} times and never converged`;
  return null;
}

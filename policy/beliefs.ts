/** What is believed of every batch size under one objective: epochs × cost per epoch, how sure, and how long it takes. */
import { believeEpochCosts, believeFullSpeed, type EpochCostBelief } from './epochCost';
import { believeEpochs, gridFor, type EpochBelief, type Grid } from './epochs';
import { at, type Gaussian, varianceAt } from './gaussianProcess';
import { measurementsFor } from './measurements';
import { canHold, convergedOf, failedOf, gpuOf, hasConverged, type Memory } from './memory';
import { pacesFor, pacesOfFirstRun } from './paces';
import { defaults, type Parameters } from './parameters';
import type { Ask } from './policy';
import type { Pace } from './powerLimit';
import { timedData } from './timedRuns';

/** The part of an {@link Ask} that beliefs depend on. */
export type Question = Pick<Ask, 'job' | 'gpus' | 'objective' | 'inFlight' | 'pinnedBatchSize'>;

export interface Belief {
  /** In the list of all sizes. */
  readonly index: number;
  readonly batchSize: number;
  /** From the default batch size. */
  readonly doublings: number;
  /** It has converged at least once, and its epochs are known. */
  readonly proven: boolean;
  /** It has converged at least once, if only elsewhere. */
  readonly converges: boolean;
  /** Proven, or the default before it failed. */
  readonly trusted: boolean;
  /** It is not known to be too large for the memory of this GPU model. */
  readonly fits: boolean;
  /** Why it is out of the question whatever the incumbent costs, or null. */
  readonly ruledOut: string | null;

  /** The best of the limits measured on this GPU model, and whether its whole profile is known. */
  readonly powerLimitWatts: number | null;
  readonly swept: boolean;
  readonly pace: Pace;

  readonly epochs: number;
  /** Of ln cost per epoch. */
  readonly epochCostSd: number;
  /** ln joules of a run under the objective, the variance of that belief, and the expected joules. */
  readonly logCost: number;
  readonly variance: number;
  readonly costJoules: number;
  /** ln joules that its stopped runs prove it to cost at least; null where they prove nothing. */
  readonly logCostAtLeast: number | null;
  /** Of a run: at that limit, or at maximum power where none is known. */
  readonly seconds: number;
  /** Of a run at maximum power: expected, and so that 95 % should be shorter. */
  readonly soonestSeconds: number;
  readonly soonestLateSeconds: number;
}

export interface Beliefs {
  /** By ascending batch size. */
  readonly sizes: readonly Belief[];
  /** Of ln cost, between two of them. */
  readonly covariance: (one: Belief, other: Belief) => number;
  /** Variance of ln epochs between two runs of one size. */
  readonly runVariance: number;
  /** False before any run converged: then epochs, and with them all costs and durations, are unknown. */
  readonly epochsKnown: boolean;
  /** False while nothing was measured on this GPU model: then costs can be compared, but their joules are unknown. */
  readonly joulesKnown: boolean;
  /** The longest run that `maxSlowdown` allows; null without one, or while no epochs are known. */
  readonly slowdownSeconds: number | null;
}

/** What all beliefs of one question rest on; lists are by index of the grid. */
interface Basis {
  readonly memory: Memory;
  readonly question: Question;
  readonly parameters: Parameters;
  readonly grid: Grid;
  readonly epochs: EpochBelief;
  readonly fullSpeed: Gaussian;
  readonly paces: readonly Pace[];
  readonly perEpoch: EpochCostBelief;
  readonly swept: ReadonlySet<number>;
}

/** What is believed of every batch size of the job, and of one that is pinned; under any objective. */
export function believe(memory: Memory, question: Question, parameters: Parameters = defaults): Beliefs {
  const { job, gpus, objective, inFlight } = question;
  const grid = gridFor(job, question.pinnedBatchSize);
  const measurements = measurementsFor(memory, gpus, grid, parameters);
  const fullSpeed = believeFullSpeed(measurements, parameters);
  const shape = timedData(memory, grid, { model: gpus.model, fullSpeed }, parameters);
  const epochs = believeEpochs(memory, grid, parameters, inFlight, shape);
  const epochsKnown = grid.sizes.some((size) => convergedOf(memory, size).n > 0);
  const { paces, slowdownSeconds } = epochsKnown
    ? pacesFor({ job, objective, measurements, epochs, fullSpeed, parameters })
    : pacesOfFirstRun(objective, measurements);
  const perEpoch = believeEpochCosts(measurements, objective.eta, paces, parameters);
  const swept = new Set(measurements.here.sizes.filter((of) => of.swept).map((of) => of.index));
  const basis = { memory, question, parameters, grid, epochs, fullSpeed, paces, perEpoch, swept };
  return {
    sizes: grid.sizes.map((batchSize, index) => beliefOf(batchSize, index, basis)),
    covariance: ({ index: i }, { index: j }) =>
      at(at(epochs.covariance, i), j) + at(at(perEpoch.cost.covariance, i), j),
    runVariance: epochs.runVariance,
    epochsKnown,
    joulesKnown: measurements.here.sizes.length > 0,
    slowdownSeconds,
  };
}

function beliefOf(batchSize: number, index: number, basis: Basis): Belief {
  const limit = basis.perEpoch.chosen[index] ?? null;
  const costs = costsOf(batchSize, index, basis);
  const soonest = soonestOf(index, basis);
  return {
    index,
    batchSize,
    doublings: at(basis.grid.doublings, index),
    ...standingOf(batchSize, basis),
    powerLimitWatts: limit?.powerLimitWatts ?? null,
    swept: basis.swept.has(index),
    pace: at(basis.paces, index),
    ...costs,
    seconds: limit ? costs.epochs * limit.secondsPerEpoch : soonest.soonestSeconds,
    ...soonest,
  };
}

/** What is known of a size apart from what it costs. */
function standingOf(batchSize: number, { memory, question: { job, gpus }, parameters }: Basis) {
  const proven = convergedOf(memory, batchSize).n > 0;
  const converges = hasConverged(memory, batchSize);
  const unfailing = converges || failedOf(memory, batchSize).failures < 1;
  const fits = canHold(gpuOf(memory, gpus.model), batchSize);
  const ruledOut = fits ? failing(memory, batchSize, parameters) : `ruled out: out of memory on ${gpus.model}`;
  const trusted = proven || (batchSize === job.defaultBatchSize && unfailing);
  return { proven, converges, trusted, fits, ruledOut };
}

function failing(memory: Memory, batchSize: number, { maxFailures }: Parameters): string | null {
  const { failures, exhausted } = failedOf(memory, batchSize);
  if (exhausted) return 'ruled out: did not reach the target within the job epoch limit';
  if (failures < maxFailures || hasConverged(memory, batchSize)) return null;
  return `ruled out: failed ${Number(failures.toFixed(1))} times without ever converging`;
}

function costsOf(batchSize: number, index: number, { memory, parameters, epochs, perEpoch }: Basis) {
  const { n, epochs: paid } = convergedOf(memory, batchSize);
  const { failures, stopped, wasted } = failedOf(memory, batchSize);
  const waste = n > 0 ? Math.log(1 + wasted / (paid * (1 + parameters.wasteWeight / n))) : 0;
  const logEpochCost = at(perEpoch.cost.mean, index);
  const epochCostVariance = varianceAt(perEpoch.cost, index);
  const logCost = at(epochs.mean, index) + logEpochCost + waste;
  const variance = varianceAt(epochs, index) + epochCostVariance;
  const logStopped = Math.log(stopped + 1) - parameters.stoppedZ * Math.sqrt(epochs.runVariance);
  return {
    epochs: Math.exp(at(epochs.mean, index)),
    epochCostSd: Math.sqrt(epochCostVariance),
    logCost,
    variance,
    costJoules: Math.exp(logCost + 0.5 * variance),
    logCostAtLeast: failures >= 1 && n === 0 ? logStopped + logEpochCost : null,
  };
}

function soonestOf(index: number, { epochs, fullSpeed, swept, parameters: { deadlineZ } }: Basis) {
  const log = at(epochs.mean, index) + at(fullSpeed.mean, index);
  const speedVariance = swept.has(index) ? 0 : varianceAt(fullSpeed, index);
  const variance = varianceAt(epochs, index) + epochs.runVariance + speedVariance;
  return { soonestSeconds: Math.exp(log), soonestLateSeconds: Math.exp(log + deadlineZ * Math.sqrt(variance)) };
}

/** How slow an epoch of each batch size may be, so that the run keeps the slow-down bound and the deadline. */
import { believeFullSpeed } from './epochCost';
import type { EpochBelief, Grid } from './epochs';
import { at } from './gaussianProcess';
import { gpuOf, type Memory } from './memory';
import type { Parameters } from './parameters';
import type { Ask } from './policy';
import type { Pace } from './powerLimit';

type Question = Pick<Ask, 'job' | 'gpus' | 'objective'>;

export interface Paces {
  /** By index of the grid. */
  readonly paces: readonly Pace[];
  /** The longest run that the slow-down bound allows; Infinity without one, or while no epochs are known. */
  readonly slowdownSeconds: number;
}

/** `epochs` is null before any run converged. The deadline wins over the slow-down where both cannot be said at once. */
export function pacesFor(
  memory: Memory,
  question: Question,
  grid: Grid,
  epochs: EpochBelief | null,
  parameters: Parameters,
): Paces {
  const { maxSlowdown, deadlineSeconds } = question.objective;
  if (epochs === null) return { paces: grid.sizes.map(() => paceOfFirstRun(question)), slowdownSeconds: Infinity };
  const slowdown = slowdownPaces(memory, question, grid, epochs, parameters);
  const paces = grid.sizes.map((_, index) => {
    const slow = maxSlowdown === undefined ? free : at(slowdown.paces, index);
    if (deadlineSeconds === undefined) return slow;
    return stricter({ kind: 'atMost', secondsPerEpoch: deadlineSeconds / lateEpochs(epochs, index, parameters) }, slow);
  });
  return { paces, slowdownSeconds: slowdown.slowdownSeconds };
}

const free: Pace = { kind: 'free' };

function paceOfFirstRun({ objective: { maxSlowdown, deadlineSeconds } }: Question): Pace {
  if (deadlineSeconds !== undefined) return { kind: 'fastest' };
  return maxSlowdown === undefined ? free : { kind: 'ofMaximumPower', factor: maxSlowdown };
}

/** 95 % of the runs of this size should need fewer. */
function lateEpochs(epochs: EpochBelief, index: number, { deadlineZ }: Parameters): number {
  const variance = at(at(epochs.covariance, index), index) + epochs.runVariance;
  return Math.exp(at(epochs.mean, index) + deadlineZ * Math.sqrt(variance));
}

function stricter(deadline: Pace & { kind: 'atMost' }, slow: Pace): Pace {
  if (slow.kind !== 'atMost') return deadline;
  return { kind: 'atMost', secondsPerEpoch: Math.min(deadline.secondsPerEpoch, slow.secondsPerEpoch) };
}

/** Counted from the default batch size at maximum power. Before it is measured here, only ratios of speed are known. */
function slowdownPaces(
  memory: Memory,
  { job, gpus, objective: { maxSlowdown } }: Question,
  grid: Grid,
  epochs: EpochBelief,
  parameters: Parameters,
): Paces {
  if (maxSlowdown === undefined) return { paces: [], slowdownSeconds: Infinity };
  const reference = grid.sizes.indexOf(job.defaultBatchSize);
  const fullSpeed = believeFullSpeed(memory, gpus, grid, parameters).mean;
  const slowdownSeconds = maxSlowdown * Math.exp(at(epochs.mean, reference) + at(fullSpeed, reference));
  const measured = gpuOf(memory, gpus.model).sizes[job.defaultBatchSize] !== undefined;
  const paces = grid.sizes.map((_, index): Pace => {
    if (index === reference) return { kind: 'ofMaximumPower', factor: maxSlowdown };
    const secondsPerEpoch = slowdownSeconds / Math.exp(at(epochs.mean, index));
    if (measured) return { kind: 'atMost', secondsPerEpoch };
    return { kind: 'ofMaximumPower', factor: secondsPerEpoch / Math.exp(at(fullSpeed, index)) };
  });
  return { paces, slowdownSeconds };
}

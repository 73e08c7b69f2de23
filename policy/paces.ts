/** How slow an epoch of each batch size may be, so that the run keeps the slow-down bound and the deadline. */
import type { EpochBelief } from './epochs';
import type { Job, Objective } from './facts';
import { at, type Gaussian } from './gaussianProcess';
import type { Measurements } from './measurements';
import type { Parameters } from './parameters';
import type { Pace } from './powerLimit';

export interface Paces {
  /** By index of the grid. */
  readonly paces: readonly Pace[];
  /** The longest run that the slow-down bound allows; Infinity without one, or while no epochs are known. */
  readonly slowdownSeconds: number;
}

const free: Pace = { kind: 'free' };

/** Before any run converged, epochs are unknown: then only the speed of an epoch can be bounded. */
export function pacesOfFirstRun({ maxSlowdown, deadlineSeconds }: Objective, { grid }: Measurements): Paces {
  const slow: Pace = maxSlowdown === undefined ? free : { kind: 'ofMaximumPower', factor: maxSlowdown };
  const pace: Pace = deadlineSeconds === undefined ? slow : { kind: 'fastest' };
  return { paces: grid.sizes.map(() => pace), slowdownSeconds: Infinity };
}

/** The stricter of both bounds; where no limit keeps it, a run goes as fast as it can, so the deadline wins. */
export function pacesFor(
  job: Job,
  { maxSlowdown, deadlineSeconds }: Objective,
  measurements: Measurements,
  epochs: EpochBelief,
  fullSpeed: Gaussian,
  parameters: Parameters,
): Paces {
  const slow = maxSlowdown === undefined ? null : slowdownPaces(job, maxSlowdown, measurements, epochs, fullSpeed);
  const { grid, here } = measurements;
  const paces = grid.sizes.map((_, index): Pace => {
    const slowdown = slow ? at(slow.paces, index) : free;
    if (deadlineSeconds === undefined) return slowdown;
    const measured = here.sizes.some((of) => of.index === index);
    const fullSpeedSeconds = measured ? Math.exp(at(fullSpeed.mean, index)) : Infinity;
    const bound = deadlineSeconds / lateEpochs(epochs, index, parameters);
    return { kind: 'atMost', secondsPerEpoch: Math.min(bound, secondsAllowed(slowdown, fullSpeedSeconds)) };
  });
  return { paces, slowdownSeconds: slow?.slowdownSeconds ?? Infinity };
}

/** Seconds per epoch that a slow-down pace allows; Infinity where they are not known. */
function secondsAllowed(pace: Pace, fullSpeedSeconds: number): number {
  if (pace.kind === 'atMost') return pace.secondsPerEpoch;
  return pace.kind === 'ofMaximumPower' ? pace.factor * fullSpeedSeconds : Infinity;
}

/** 95 % of the runs of this size should need fewer. */
function lateEpochs(epochs: EpochBelief, index: number, { deadlineZ }: Parameters): number {
  const variance = at(at(epochs.covariance, index), index) + epochs.runVariance;
  return Math.exp(at(epochs.mean, index) + deadlineZ * Math.sqrt(variance));
}

/** Counted from the default batch size at maximum power. Before that is measured here, only ratios of speed are known. */
function slowdownPaces(
  job: Job,
  maxSlowdown: number,
  measurements: Measurements,
  epochs: EpochBelief,
  fullSpeed: Gaussian,
): Paces {
  const reference = measurements.grid.sizes.indexOf(job.defaultBatchSize);
  const slowdownSeconds = maxSlowdown * Math.exp(at(epochs.mean, reference) + at(fullSpeed.mean, reference));
  const measured = measurements.here.sizes.some(({ index }) => index === reference);
  const paces = measurements.grid.sizes.map((_, index): Pace => {
    if (index === reference) return { kind: 'ofMaximumPower', factor: maxSlowdown };
    const secondsPerEpoch = slowdownSeconds / Math.exp(at(epochs.mean, index));
    if (measured) return { kind: 'atMost', secondsPerEpoch };
    return { kind: 'ofMaximumPower', factor: secondsPerEpoch / Math.exp(at(fullSpeed.mean, index)) };
  });
  return { paces, slowdownSeconds };
}

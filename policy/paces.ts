/** How slow an epoch of each batch size may be, so that the run keeps the slow-down bound and the deadline. */
import type { EpochBelief } from './epochs';
import type { Job, Objective } from './facts';
import { at, type Gaussian, varianceAt } from './gaussianProcess';
import type { Measurements } from './measurements';
import type { Parameters } from './parameters';
import type { Pace } from './powerLimit';

export interface Paces {
  /** By index of the grid. */
  readonly paces: readonly Pace[];
  /** The longest run that the slow-down bound allows; null without one, or while no epochs are known. */
  readonly slowdownSeconds: number | null;
}

const free: Pace = { kind: 'free' };

/** Before any run converged, epochs are unknown: then only the speed of an epoch can be bounded. */
export function pacesOfFirstRun({ maxSlowdown, deadlineSeconds }: Objective, { grid }: Measurements): Paces {
  const slow: Pace = maxSlowdown === undefined ? free : { kind: 'ofMaximumPower', factor: maxSlowdown };
  const pace: Pace = deadlineSeconds === undefined ? slow : { kind: 'fastest' };
  return { paces: grid.sizes.map(() => pace), slowdownSeconds: null };
}

interface Basis {
  readonly job: Job;
  readonly objective: Objective;
  readonly measurements: Measurements;
  readonly epochs: EpochBelief;
  /** ln seconds per epoch at maximum power. */
  readonly fullSpeed: Gaussian;
  readonly parameters: Parameters;
}

/** The stricter of both bounds; where no limit keeps it, a run goes as fast as it can, so the deadline wins. */
export function pacesFor(basis: Basis): Paces {
  const { deadlineSeconds } = basis.objective;
  const slowdown = slowdownPaces(basis);
  if (deadlineSeconds === undefined) return slowdown;
  const paces = slowdown.paces.map((slow, index): Pace => {
    const bound = deadlineSeconds / lateEpochs(index, basis);
    return { kind: 'atMost', secondsPerEpoch: Math.min(bound, secondsAllowed(slow, index, basis)) };
  });
  return { paces, slowdownSeconds: slowdown.slowdownSeconds };
}

/** Seconds per epoch that a slow-down pace allows; Infinity where they are not known. */
function secondsAllowed(pace: Pace, index: number, { measurements, fullSpeed }: Basis): number {
  if (pace.kind === 'atMost') return pace.secondsPerEpoch;
  if (pace.kind !== 'ofMaximumPower' || !isMeasured(measurements, index)) return Infinity;
  return pace.factor * Math.exp(at(fullSpeed.mean, index));
}

function isMeasured({ here }: Measurements, index: number): boolean {
  return here.sizes.some((of) => of.index === index);
}

/** 95 % of the runs of this size should need fewer. */
function lateEpochs(index: number, { epochs, parameters: { deadlineZ } }: Basis): number {
  const variance = varianceAt(epochs, index) + epochs.runVariance;
  return Math.exp(at(epochs.mean, index) + deadlineZ * Math.sqrt(variance));
}

/** Counted from the default batch size at maximum power. Before that is measured here, only ratios of speed are known. */
function slowdownPaces({ job, objective: { maxSlowdown }, measurements, epochs, fullSpeed }: Basis): Paces {
  const { sizes } = measurements.grid;
  if (maxSlowdown === undefined) return { paces: sizes.map(() => free), slowdownSeconds: null };
  const reference = sizes.indexOf(job.defaultBatchSize);
  const slowdownSeconds = maxSlowdown * Math.exp(at(epochs.mean, reference) + at(fullSpeed.mean, reference));
  const paces = sizes.map((_, index): Pace => {
    if (index === reference) return { kind: 'ofMaximumPower', factor: maxSlowdown };
    const secondsPerEpoch = slowdownSeconds / Math.exp(at(epochs.mean, index));
    if (isMeasured(measurements, reference)) return { kind: 'atMost', secondsPerEpoch };
    return { kind: 'ofMaximumPower', factor: secondsPerEpoch / Math.exp(at(fullSpeed.mean, index)) };
  });
  return { paces, slowdownSeconds };
}

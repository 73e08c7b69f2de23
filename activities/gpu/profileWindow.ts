/** One window of a profile: how long it must be, and what makes it doubtful. No I/O. */
import type { PowerMeasurement } from '../../policy/facts';
import type { EnergyReading } from './driver';

/** What else is known when a reading is taken. */
export interface Circumstances {
  /** Heat or a brake slows the GPUs, another limit than the one set is in force, or the trainer went back. */
  readonly disturbed?: boolean;
  /** What something outside the driver caps the GPUs at. */
  readonly enforcedWatts?: number | undefined;
  readonly iterationsPerEpoch?: number | undefined;
}

export interface WindowRules {
  /** Clocks follow a limit in tens of milliseconds; averaging sensors and a trainer that works ahead take a second more. */
  readonly settleSeconds: number;
  /** For ±2 % of the energy in 95 of 100 windows. */
  readonly windowSeconds: number;
  /** Whether the first limit is measured again at the end: what drifts meanwhile is no effect of limits. */
  readonly repeatsFirst: boolean;
  /** Power sampled every 100 ms says nothing of iterations that take a multiple of that. */
  readonly aliases: boolean;
}

export const windowRules: Readonly<Record<EnergyReading, WindowRules>> = {
  exact: { settleSeconds: 0, windowSeconds: 0, repeatsFirst: false, aliases: false },
  counter: { settleSeconds: 1, windowSeconds: 2.5, repeatsFirst: true, aliases: false },
  sampled: { settleSeconds: 2, windowSeconds: 10, repeatsFirst: true, aliases: true },
};

const samplingSeconds = 0.1;
/** With more, the sampling meets all parts of an iteration within a window, whatever its length. */
const mostSamplesAnIteration = 5;
const aliasingShare = 0.03;

/** Whether iterations keep step with the sampling of power. */
export function mayAlias({ secondsPerEpoch }: PowerMeasurement, iterationsPerEpoch: number | undefined): boolean {
  if (iterationsPerEpoch === undefined) return false;
  const samples = secondsPerEpoch / iterationsPerEpoch / samplingSeconds;
  const nearest = Math.round(samples);
  return nearest >= 1 && nearest <= mostSamplesAnIteration && Math.abs(samples / nearest - 1) <= aliasingShare;
}

const mostDrift = 0.03;

/** Whether one limit, measured twice, is not the same. */
export function drifted(first: PowerMeasurement, again: PowerMeasurement): boolean {
  const change = (of: 'secondsPerEpoch' | 'averageWatts') => Math.abs(again[of] / first[of] - 1);
  return change('secondsPerEpoch') > mostDrift || change('averageWatts') > mostDrift;
}

/** Where a run stands, and what lies between two such moments. No I/O. */
import type { PowerMeasurement } from '../../policy/facts';

/** Epochs with fractions, seconds and joules since the run began. */
export interface Reading {
  readonly epochs: number;
  readonly seconds: number;
  readonly joules: number;
}

export const nothing: Reading = { epochs: 0, seconds: 0, joules: 0 };

export function plus(a: Reading, b: Reading): Reading {
  return { epochs: a.epochs + b.epochs, seconds: a.seconds + b.seconds, joules: a.joules + b.joules };
}

export function minus(a: Reading, b: Reading): Reading {
  return { epochs: a.epochs - b.epochs, seconds: a.seconds - b.seconds, joules: a.joules - b.joules };
}

/** Average speed and power between two readings; undefined where nothing moved. */
export function measurementBetween(
  start: Reading,
  end: Reading,
  of: Pick<PowerMeasurement, 'batchSize' | 'powerLimitWatts' | 'source'>,
): PowerMeasurement | undefined {
  const { epochs, seconds, joules } = minus(end, start);
  if (!(epochs > 0 && seconds > 0 && joules > 0)) return undefined;
  return { ...of, secondsPerEpoch: seconds / epochs, averageWatts: joules / seconds };
}

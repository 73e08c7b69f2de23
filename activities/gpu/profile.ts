/** Just-in-time profiling: measures each power limit, from high to low, in short windows while a run trains. */
import type { PowerMeasurement } from '../../policy/facts';

/** Where a run stands: epochs with fractions, seconds and joules since it began. */
export interface Reading {
  readonly epochs: number;
  readonly seconds: number;
  readonly joules: number;
}

/**
 * settling → measuring → (next limit) settling … → done. A limit needs one reading to settle and ends its window at the
 * next one, so a window is as long as the trainer's reports are apart.
 */
export interface Profiler {
  /** The limit that must be in force now; undefined once all are measured. */
  readonly limitWatts: number | undefined;
  readonly measurements: readonly PowerMeasurement[];
  advance(reading: Reading): Profiler;
}

export function createProfiler(batchSize: number, limitsWatts: readonly number[]): Profiler {
  return settling(
    batchSize,
    limitsWatts.toSorted((a, b) => b - a),
    [],
  );
}

function settling(batchSize: number, left: readonly number[], measurements: readonly PowerMeasurement[]): Profiler {
  const self: Profiler = {
    limitWatts: left[0],
    measurements,
    advance: (start) => (left.length === 0 ? self : measuring(batchSize, left, measurements, start)),
  };
  return self;
}

function measuring(
  batchSize: number,
  [limit = 0, ...left]: readonly number[],
  measurements: readonly PowerMeasurement[],
  start: Reading,
): Profiler {
  const self: Profiler = {
    limitWatts: limit,
    measurements,
    advance: (end) => {
      const measured = measurementBetween(start, end, { batchSize, powerLimitWatts: limit, source: 'profile' });
      return measured === undefined ? self : settling(batchSize, left, [...measurements, measured]);
    },
  };
  return self;
}

/** Average speed and power between two readings; undefined where nothing moved. */
export function measurementBetween(
  start: Reading,
  end: Reading,
  of: Pick<PowerMeasurement, 'batchSize' | 'powerLimitWatts' | 'source'>,
): PowerMeasurement | undefined {
  const epochs = end.epochs - start.epochs;
  const seconds = end.seconds - start.seconds;
  const joules = end.joules - start.joules;
  if (!(epochs > 0 && seconds > 0 && joules > 0)) return undefined;
  return { ...of, secondsPerEpoch: seconds / epochs, averageWatts: joules / seconds };
}

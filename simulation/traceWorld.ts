/** A recorded job on a recorded GPU: a run takes the epochs of a recorded run, drawn uniformly; nothing else is random. */
import type { Job } from '../policy/facts';
import type { PowerRow, TrainRow } from './traceRows';
import { drawFrom, speedAt, type World } from './world';

export interface TraceWorld extends World {
  readonly target: number;
  /** Sizes that only one of the two files has: they cannot be played. */
  readonly excludedBatchSizes: readonly number[];
}

/** The rows of one job; `job.batchSizes` are those in both. */
export interface Recording {
  readonly job: Job;
  readonly gpuModel: string;
  readonly samplesPerEpoch: number | null;
  readonly target: number;
  readonly train: readonly TrainRow[];
  readonly power: readonly PowerRow[];
}

export function createTraceWorld(recording: Recording): TraceWorld {
  const { job, power, train } = recording;
  const speeds = bySize(job, power, (row) => row);
  for (const rows of speeds.values()) rows.sort((a, b) => a.powerLimitWatts - b.powerLimitWatts);
  const outcomes = bySize(
    job,
    train.filter((row) => row.target === recording.target),
    (row) => row.targetEpoch,
  );
  const limits = new Map([...speeds].map(([batchSize, rows]) => [batchSize, rows.map((row) => row.powerLimitWatts)]));
  return {
    job,
    gpus: {
      model: recording.gpuModel,
      count: 1,
      powerLimitsWatts: [...new Set([...limits.values()].flat())].sort((a, b) => a - b),
    },
    samplesPerEpoch: recording.samplesPerEpoch,
    target: recording.target,
    excludedBatchSizes: [...new Set([...train, ...power].map((row) => row.batchSize))]
      .filter((batchSize) => !job.batchSizes.includes(batchSize))
      .sort((a, b) => a - b),
    neighbours: () => neighboursOf(recording).map((target) => createTraceWorld({ ...recording, target })),
    drawEpochs: (batchSize, random) => drawFrom(of(outcomes, batchSize, job), random),
    measure: (batchSize, watts) => speedAt(of(speeds, batchSize, job), watts),
    powerLimitsFor: (batchSize) => of(limits, batchSize, job),
    outcomesOf: (batchSize) => of(outcomes, batchSize, job),
  };
}

/** The recorded targets next to this one. */
function neighboursOf({ target, train }: Recording): readonly number[] {
  const targets = [...new Set(train.map((row) => row.target))].sort((a, b) => a - b);
  const here = targets.indexOf(target);
  return [targets[here - 1], targets[here + 1]].filter((other) => other !== undefined);
}

function bySize<Row extends { readonly batchSize: number }, Value>(
  job: Job,
  rows: readonly Row[],
  value: (row: Row) => Value,
): Map<number, Value[]> {
  const groups = new Map<number, Value[]>(job.batchSizes.map((batchSize) => [batchSize, []]));
  for (const row of rows) groups.get(row.batchSize)?.push(value(row));
  return groups;
}

function of<Value>(groups: ReadonlyMap<number, Value>, batchSize: number, job: Job): Value {
  const group = groups.get(batchSize);
  if (group !== undefined) return group;
  throw new Error(`Cannot train ${job.id} with batch size ${batchSize}: it has ${job.batchSizes.join(', ')}.`);
}

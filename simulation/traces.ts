/** Worlds out of recorded traces. The only file of this folder that touches files. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { SimulationError } from './error';
import type { JobOverrides, JobSettings } from './traceJobs';
import { checkNames, defaultBatchSizeOf, maxEpochsOf, parseJobsFile, settingsFor, targetOf } from './traceJobs';
import type { JobKey, PowerRow, TrainRow } from './traceRows';
import { parsePowerRows, parseTrainRows } from './traceRows';
import type { TraceWorld } from './traceWorld';
import { createTraceWorld } from './traceWorld';

export interface TraceOptions extends JobOverrides {
  /** Only these datasets; all that are in both files if left out. */
  readonly jobs?: readonly string[];
}

/** One world per job that is in `summary_train.csv` and in the GPU model's power file, in the train file's order. */
export function loadTraces(directory: string, gpuModel: string, options: TraceOptions = {}): readonly TraceWorld[] {
  const train = parseTrainRows('summary_train.csv', read(directory, 'summary_train.csv'));
  const powerFile = powerFileOf(directory, gpuModel);
  const power = parsePowerRows(powerFile, read(directory, powerFile));
  const fromFile = existsSync(join(directory, 'jobs.json'))
    ? parseJobsFile('jobs.json', read(directory, 'jobs.json'))
    : {};

  const keys = jobKeys(train).filter((key) => joins(key, train, power));
  const datasets = [...new Set(jobKeys(train).map((key) => key.dataset))];
  checkNames(
    { target: options.target, defaultBatchSize: options.defaultBatchSize, maxEpochs: options.maxEpochs },
    datasets,
  );
  checkJobs(options.jobs, keys, powerFile);
  const chosen = keys.filter((key) => options.jobs?.includes(nameOf(key, keys)) ?? true);
  return chosen.map((key) =>
    createWorld(
      gpuModel,
      nameOf(key, keys),
      rowsOf(key, train),
      rowsOf(key, power),
      settingsFor(key.dataset, fromFile, options),
    ),
  );
}

/** The GPU models that a directory has power files of. */
export function listGpuModels(directory: string): readonly string[] {
  if (!existsSync(directory)) throw new SimulationError(`Cannot read traces: there is no directory ${directory}.`);
  return readdirSync(directory)
    .flatMap((file) => /^summary_power_(.+)\.csv$/.exec(file)?.[1] ?? [])
    .sort();
}

function read(directory: string, file: string): string {
  const path = join(directory, file);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw new SimulationError(`Cannot read traces: there is no file ${file} in ${directory}.`);
  }
  return readFileSync(path, 'utf8');
}

function powerFileOf(directory: string, gpuModel: string): string {
  const models = listGpuModels(directory);
  if (models.includes(gpuModel)) return `summary_power_${gpuModel}.csv`;
  throw new SimulationError(
    `Cannot simulate the GPU ${gpuModel}: ${directory} has ${models.length === 0 ? 'no power files' : models.join(', ')}.`,
  );
}

function isOf(key: JobKey): (row: JobKey) => boolean {
  return (row) => row.dataset === key.dataset && row.network === key.network && row.optimizer === key.optimizer;
}

function rowsOf<Row extends JobKey>(key: JobKey, rows: readonly Row[]): readonly Row[] {
  return rows.filter(isOf(key));
}

function jobKeys(train: readonly TrainRow[]): readonly JobKey[] {
  const keys: JobKey[] = [];
  for (const row of train) if (!keys.some(isOf(row))) keys.push(row);
  return keys;
}

function joins(key: JobKey, train: readonly TrainRow[], power: readonly PowerRow[]): boolean {
  const powered = new Set(rowsOf(key, power).map((row) => row.batchSize));
  return rowsOf(key, train).some((row) => powered.has(row.batchSize));
}

/** The dataset alone where that is unambiguous. */
function nameOf(key: JobKey, keys: readonly JobKey[]): string {
  const unique = keys.filter((other) => other.dataset === key.dataset).length === 1;
  return unique ? key.dataset : `${key.dataset}/${key.network}/${key.optimizer}`;
}

function checkJobs(wanted: readonly string[] | undefined, keys: readonly JobKey[], powerFile: string): void {
  const names = keys.map((key) => nameOf(key, keys));
  if (names.length === 0) {
    throw new SimulationError(
      `Cannot simulate: no dataset, network, optimizer and batch size of ${powerFile} is in summary_train.csv.`,
    );
  }
  const unknown = wanted?.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new SimulationError(
      `Cannot simulate the job ${unknown}: summary_train.csv and ${powerFile} share ${names.join(', ')}.`,
    );
  }
}

function createWorld(
  gpuModel: string,
  name: string,
  train: readonly TrainRow[],
  power: readonly PowerRow[],
  settings: JobSettings,
): TraceWorld {
  const targets = [...new Set(train.map((row) => row.target))].sort((a, b) => a - b);
  const target = targetOf(name, settings, targets);
  const powered = new Set(power.map((row) => row.batchSize));
  const trained = new Set(train.filter((row) => row.target === target).map((row) => row.batchSize));
  const batchSizes = [...powered].filter((batchSize) => trained.has(batchSize)).sort((a, b) => a - b);
  return createTraceWorld({
    job: {
      id: name,
      batchSizes,
      defaultBatchSize: defaultBatchSizeOf(name, settings, batchSizes),
      maxEpochs: maxEpochsOf(name, settings),
    },
    gpuModel,
    samplesPerEpoch: settings.samplesPerEpoch ?? null,
    target,
    train,
    power,
  });
}

/** What the trace files do not say of a job: its target, default batch size and epoch limit; built in for Zeus's six. */
import { z } from 'zod';

import { SimulationError } from './error';

/**
 * `maxEpochs` and `defaultBatchSize` as in Zeus's `run_alibaba.py`. Samples per epoch are those of the public training
 * sets (MovieLens with NCF's four negatives per rating); they only count steps.
 */
const builtIn: Readonly<Record<string, JobSettings>> = {
  cifar100: { target: 0.6, maxEpochs: 100, defaultBatchSize: 1024, samplesPerEpoch: 50_000 },
  imagenet: { target: 0.65, maxEpochs: 100, defaultBatchSize: 256, samplesPerEpoch: 1_281_167 },
  librispeech: { target: 40, maxEpochs: 16, defaultBatchSize: 192, samplesPerEpoch: 281_241 },
  'movielens-1m': { target: 0.41, maxEpochs: 100, defaultBatchSize: 1024, samplesPerEpoch: 4_970_845 },
  squad: { target: 84, maxEpochs: 6, defaultBatchSize: 32, samplesPerEpoch: 88_524 },
  sentiment140: { target: 0.84, maxEpochs: 10, defaultBatchSize: 128, samplesPerEpoch: 1_600_000 },
};

const jobSettings = z.strictObject({
  target: z.number().optional(),
  maxEpochs: z.int().positive().optional(),
  defaultBatchSize: z.int().positive().optional(),
  samplesPerEpoch: z.int().positive().optional(),
});
const jobsFile = z.record(z.string(), jobSettings);

/** A validation metric's value, whole epochs, samples. */
export type JobSettings = Readonly<z.infer<typeof jobSettings>>;
/** One value for every job, or one per dataset. */
export type PerJob = number | Readonly<Record<string, number>>;

export interface JobOverrides {
  readonly target?: PerJob;
  readonly defaultBatchSize?: PerJob;
  readonly maxEpochs?: PerJob;
}

/** Parses a directory's `jobs.json`: an object of settings by dataset. */
export function parseJobsFile(file: string, text: string): Readonly<Record<string, JobSettings>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new SimulationError(`Cannot read ${file}: it is not JSON.`, { cause });
  }
  const parsed = jobsFile.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new SimulationError(`Cannot read ${file}: ${z.prettifyError(parsed.error)}`);
}

/** Options win over `jobs.json`, which wins over what is built in. */
export function settingsFor(
  dataset: string,
  fromFile: Readonly<Record<string, JobSettings>>,
  overrides: JobOverrides,
): JobSettings {
  const target = valueFor(dataset, overrides.target);
  const defaultBatchSize = valueFor(dataset, overrides.defaultBatchSize);
  const maxEpochs = valueFor(dataset, overrides.maxEpochs);
  return {
    ...builtIn[dataset],
    ...fromFile[dataset],
    ...(target !== undefined && { target }),
    ...(defaultBatchSize !== undefined && { defaultBatchSize }),
    ...(maxEpochs !== undefined && { maxEpochs }),
  };
}

function valueFor(dataset: string, values: PerJob | undefined): number | undefined {
  return typeof values === 'object' ? values[dataset] : values;
}

/** A name that an option gives and the files do not have is a mistake. */
export function checkNames(overrides: JobOverrides, datasets: readonly string[]): void {
  for (const [option, values] of Object.entries(overrides)) {
    if (typeof values !== 'object') continue;
    const unknown = Object.keys(values).find((dataset) => !datasets.includes(dataset));
    if (unknown !== undefined) {
      throw new SimulationError(`Cannot set ${option} of ${unknown}: the traces have ${datasets.join(', ')}.`);
    }
  }
}

/** The target that counts: given, or the only one in the file. */
export function targetOf(dataset: string, settings: JobSettings, inFile: readonly number[]): number {
  const target = settings.target ?? (inFile.length === 1 ? inFile[0] : undefined);
  if (target !== undefined && inFile.includes(target)) return target;
  const problem = target === undefined ? 'it needs one' : `the file does not have ${target}`;
  throw new SimulationError(`Cannot set the target of ${dataset}: ${problem}; choose from ${inFile.join(', ')}.`);
}

/**
 * Zeus caps the default by what fits on the GPU. A built-in default that this GPU's traces pass over gives way to the next
 * smaller size; one that the user asked for must be there.
 */
export function defaultBatchSizeOf(dataset: string, settings: JobSettings, batchSizes: readonly number[]): number {
  const wish = settings.defaultBatchSize;
  const capped = batchSizes.findLast((batchSize) => wish !== undefined && batchSize <= wish);
  const mistaken = wish !== builtIn[dataset]?.defaultBatchSize && wish !== capped && capped !== batchSizes.at(-1);
  if (capped !== undefined && !mistaken) return capped;
  const problem = wish === undefined ? 'it needs one' : `${wish} is not recorded`;
  const remedy = `choose from ${batchSizes.join(', ')}`;
  throw new SimulationError(`Cannot set the default batch size of ${dataset}: ${problem}; ${remedy}.`);
}

export function maxEpochsOf(dataset: string, settings: JobSettings): number {
  if (settings.maxEpochs !== undefined && Number.isInteger(settings.maxEpochs) && settings.maxEpochs > 0) {
    return settings.maxEpochs;
  }
  const problem =
    settings.maxEpochs === undefined ? 'it is not built in' : `${settings.maxEpochs} is not a whole number above 0`;
  throw new SimulationError(`Cannot set the epoch limit of ${dataset}: ${problem}; give --max-epochs or a jobs.json.`);
}

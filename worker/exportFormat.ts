/**
 * The file that `job export` writes and `job import` reads: JSON Lines. The first line names format and version, the last one has
 * the SHA-256 of all before it; in between each line is of one `type`.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { jsonOf } from '../activities/json';
import { type GridRecord, type Observation, failureClasses } from '../policy/facts';
import { jobSpecSchema } from '../workflows/contracts';

export const exportFormat = 'wattbandit-export';
/** Version 1 had the latest runs only, and nothing of what they were decided from. */
export const exportVersion = 2;

const name = z.string().min(1).max(100);
const amount = z.number().min(0).max(1e15);
const size = z.int().positive();

export const powerMeasurement = z.object({
  batchSize: size,
  powerLimitWatts: amount,
  secondsPerEpoch: amount,
  averageWatts: amount,
  source: z.enum(['profile', 'probe', 'run']),
  doubt: z.enum(['drift', 'aliasing', 'disturbed']).optional(),
});

/** Keys that this version does not know are left out: a newer program of the same format may write more. */
export const exportedObservation: z.ZodType<Observation> = z.object({
  id: z.string().max(100),
  slot: z.string().max(100),
  attempt: z.int().positive(),
  gpuModel: name,
  batchSize: size,
  powerLimitWatts: amount,
  outcome: z.enum(['converged', ...failureClasses]),
  detail: z.string().optional(),
  epochs: amount,
  reachedEpochLimit: z.boolean(),
  seconds: amount,
  joules: amount,
  measurements: z.array(powerMeasurement).max(1000),
  outOfMemoryBatchSizes: z.array(size).max(100).optional(),
  grid: z.custom<GridRecord>(isGridRecord).optional(),
  imported: z
    .object({
      from: z.string().max(200),
      weight: z.number().positive().max(1),
      unknown: z.array(z.enum(['epochs', 'powerLimitWatts'])).optional(),
    })
    .optional(),
});

function isGridRecord(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return ['intervals', 'limits', 'profile'].every((list) => Array.isArray(Reflect.get(value, list)));
}

/** What a reader must know of the job that was exported. Nothing of its trainer, whose arguments may be secret. */
const ofAnyVersion = {
  format: z.literal(exportFormat),
  job: name,
  exportedAt: z.string(),
  batchSizes: z.array(size),
  defaultBatchSize: size,
  maxEpochs: z.int().positive(),
  target: z.object({ metric: z.string(), value: z.number(), direction: z.enum(['atLeast', 'atMost']) }),
  gpuCount: z.int().positive(),
};

/** Who wrote the file, from which histories. */
export const provenance = z.object({
  wattbandit: z.string(),
  node: z.string(),
  /** Run ids of the bandit, oldest first; none of an anonymised export. */
  runs: z.array(z.string()),
  /** The run before them, whose history was gone: the log begins with what was left of it. */
  missing: z.string().nullable(),
  anonymised: z.boolean(),
});
export type Provenance = z.infer<typeof provenance>;

export const exportHeader = z.discriminatedUnion('version', [
  z.object({ ...ofAnyVersion, version: z.literal(1) }),
  z.object({
    ...ofAnyVersion,
    version: z.literal(exportVersion),
    /** With nothing of the trainer but its kind. */
    spec: jobSpecSchema,
    provenance,
  }),
]);
export type ExportHeader = z.infer<typeof exportHeader>;
export type LogHeader = Extract<ExportHeader, { readonly version: 2 }>;

/** Lines that an import learns from; what was set aside there says why. */
export const exportedFacts = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('observation'),
    observation: exportedObservation,
    quarantinedBecause: z.string().optional(),
  }),
  z.object({
    type: z.literal('measurements'),
    gpuModel: name,
    batchSize: size,
    measurements: z.array(powerMeasurement).max(1000),
  }),
]);
export type ExportedFacts = z.infer<typeof exportedFacts>;

const seal = z.strictObject({ type: z.literal('end'), sha256: z.string() });

/** The lines of an export, each ending with a line feed, and then the seal; one after the other, however many there are. */
export async function* sealed(lines: AsyncIterable<string> | Iterable<string>): AsyncIterable<string> {
  const hash = createHash('sha256');
  for await (const line of lines) {
    hash.update(`${line}\n`);
    yield `${line}\n`;
  }
  yield `${JSON.stringify({ type: 'end', sha256: hash.digest('hex') })}\n`;
}

/** The lines before the seal. @throws Error if it is missing or does not fit: the file was cut off or changed */
export function unsealed(text: string): readonly string[] {
  const end = text.lastIndexOf('\n', text.length - 2) + 1;
  const body = text.slice(0, end);
  const found = seal.safeParse(jsonOf(text.slice(end)));
  if (!found.success) throw new Error('its last line is not the checksum of an export, so it was cut off');
  if (found.data.sha256 !== digestOf(body))
    throw new Error('it does not fit its checksum, so it was changed after it was written');
  return body.split('\n').slice(0, -1);
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

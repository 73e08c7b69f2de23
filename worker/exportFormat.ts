/**
 * The file that `job export` writes and `job import` reads: JSON Lines. The first line names format and version, the last one has
 * the SHA-256 of all before it; in between each line is of one `type`.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Observation, failureClasses } from '../policy/facts';

export const exportFormat = 'wattbandit-export';
export const exportVersion = 1;

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
const observation: z.ZodType<Observation> = z.object({
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
});

/** What a reader must know of the job that was exported. Nothing of its trainer, whose arguments may be secret. */
export const exportHeader = z.object({
  format: z.literal(exportFormat),
  version: z.literal(exportVersion),
  job: name,
  exportedAt: z.string(),
  batchSizes: z.array(size),
  defaultBatchSize: size,
  maxEpochs: z.int().positive(),
  target: z.object({ metric: z.string(), value: z.number(), direction: z.enum(['atLeast', 'atMost']) }),
  gpuCount: z.int().positive(),
});
export type ExportHeader = z.infer<typeof exportHeader>;

/** Lines that an import learns from; what was set aside there says why. */
export const exportedFacts = z.discriminatedUnion('type', [
  z.object({ type: z.literal('observation'), observation, quarantinedBecause: z.string().optional() }),
  z.object({
    type: z.literal('measurements'),
    gpuModel: name,
    batchSize: size,
    measurements: z.array(powerMeasurement).max(1000),
  }),
]);
export type ExportedFacts = z.infer<typeof exportedFacts>;

const seal = z.strictObject({ type: z.literal('end'), sha256: z.string() });

/** The text of an export; each line ends with a line feed. */
export function sealed(lines: readonly string[]): string {
  const body = lines.map((line) => `${line}\n`).join('');
  return `${body}${JSON.stringify({ type: 'end', sha256: digestOf(body) })}\n`;
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

/** Undefined for what is no JSON. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

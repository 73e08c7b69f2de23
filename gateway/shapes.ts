/** Shapes that several routes share. Fields without a value are left out, never null: some clients' types know no null. */
import { z } from 'zod';
import { trustLevels } from '../policy/trust';
import { failureClasses } from '../policy/facts';
import { jobIdPattern } from '../workflows/contracts';

export const jobId = z.string().regex(jobIdPattern, 'must be 1 to 100 letters, digits, dots, dashes or underscores');
export const jobParams = z.object({ job: jobId });

/** To the second, as Schedules name their slots. A 30th of February would be another slot's instant. */
export const recurrenceSlot = z.iso.datetime({
  precision: 0,
  error: 'must be an instant such as 2021-07-01T00:00:00Z',
});
/** Or to the millisecond, as the bandit names slots of runs that others train. */
export const slot = z.union(
  [recurrenceSlot, z.iso.datetime({ precision: 3 })],
  'must be an instant such as 2021-07-01T00:00:00Z',
);

export const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, 'must be 1 to 200 printable characters without spaces')
  .optional();
export const keyHeaders = z.object({ 'idempotency-key': idempotencyKey });

/** Of one GPU; what is beyond belief would overflow somewhere. */
const watts = z.number().positive().max(1e6);
const amount = z.number().min(0).max(1e15);

export const gpus = z.strictObject({
  model: z.string().min(1).max(100),
  count: z.int().min(1).max(4096),
  powerLimitsWatts: z
    .array(watts)
    .min(1)
    .max(64)
    .transform((limits) => [...new Set(limits)].toSorted((a, b) => a - b)),
});

export const measurement = z.strictObject({
  batchSize: z.int().positive(),
  powerLimitWatts: watts,
  secondsPerEpoch: amount.positive(),
  averageWatts: watts,
  source: z.enum(['profile', 'probe', 'run']),
});

export const outcome = z.enum(['converged', ...failureClasses]);

export const observation = z.object({
  id: z.string(),
  slot: z.string(),
  attempt: z.int(),
  gpuModel: z.string(),
  batchSize: z.int(),
  powerLimitWatts: z.number(),
  outcome,
  detail: z.string().optional(),
  epochs: z.number(),
  reachedEpochLimit: z.boolean(),
  seconds: z.number(),
  joules: z.number(),
});

/** What somebody tells of a run; what is left out is the decision's. */
export const toldObservation = z.strictObject({
  decisionId: z.string().min(1).max(60),
  outcome,
  epochs: z.number().min(0).max(1e9),
  seconds: amount,
  joules: amount,
  batchSize: z.int().positive().optional(),
  powerLimitWatts: amount.optional(),
  gpuModel: z.string().min(1).max(100).optional(),
  reachedEpochLimit: z.boolean().default(false),
  detail: z.string().max(500).optional(),
  measurements: z.array(measurement).max(200).default([]),
});

export const told = z.object({
  counted: z.boolean(),
  quarantinedBecause: z.string().optional(),
  retry: z.boolean(),
});

export const target = z.object({ metric: z.string(), value: z.number(), direction: z.enum(['atLeast', 'atMost']) });

const withheld = z.object({
  level: z.enum(trustLevels),
  batchSize: z.int(),
  powerLimitWatts: z.number().optional(),
  mode: z.string(),
});

export const decision = z.object({
  id: z.string(),
  job: z.string(),
  slot: z.string(),
  attempt: z.int(),
  number: z.int().optional(),
  batchSize: z.int(),
  powerLimitWatts: z.number().optional(),
  costCeilingJoules: z.number().optional(),
  maxPowerWatts: z.number().optional(),
  gpuModel: z.string().optional(),
  eta: z.number(),
  maxEpochs: z.int(),
  target,
  mode: z.enum(['first', 'explore', 'exploit', 'pinned', 'retry']),
  policy: z.string(),
  reason: z.string(),
  decidedAt: z.string(),
  leaseExpiresAt: z.string(),
  /** Of a job below full trust: what it would have been. */
  withheld: withheld.optional(),
  expired: z.boolean().optional(),
  observation: observation.optional(),
});

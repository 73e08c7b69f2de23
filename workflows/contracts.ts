/**
 * What crosses a boundary: the job specification, its validation, and the closed list of failure types.
 * Workflows import this file as types only, so that zod stays out of their bundle.
 */
import { CronExpressionParser } from 'cron-parser';
import ms from 'ms';
import { z } from 'zod';
import { gridPolicies } from '../policy/gridWeight';
import { usualStaleAfterSeconds } from '../policy/signals';
import { trustLevels } from '../policy/trust';

const aDuration = 'must be a duration such as 90s, 10m or 1h';
/** Longer than any schedule or run, and short enough for every clock that has to hold it. */
const longestSeconds = 366 * 86_400;

/** A duration as people write it (`90s`, `10m`, `1h`), or a number of seconds; always seconds once parsed. */
export const durationSeconds = durationAtLeast(0);

function durationAtLeast(seconds: number) {
  // What is longer or empty, `ms` throws at.
  const text = z.string().min(1, aDuration).max(100, aDuration);
  return z.union([text, z.number()], { error: aDuration }).transform((value, context) => {
    const milliseconds = typeof value === 'number' ? value * 1000 : ms(value);
    const given = Number.isFinite(milliseconds) ? milliseconds / 1000 : undefined;
    if (given !== undefined && given >= seconds && given <= longestSeconds) return given;
    const message = given === undefined ? aDuration : `must be from ${seconds}s to ${longestSeconds / 86_400}d`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

function isCron(expression: string): boolean {
  try {
    return CronExpressionParser.parse(expression).hasNext();
  } catch {
    return false;
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const batchSize = z.int().positive();

/** Overlap rules of a Temporal Schedule, by the names that people type. */
export const overlapPolicies = ['skip', 'bufferOne', 'bufferAll', 'cancelOther', 'terminateOther', 'allowAll'] as const;

const schedule = z
  .strictObject({
    every: durationAtLeast(1).optional(),
    offset: durationSeconds.default(0),
    cron: z.string().refine(isCron, 'must be a cron expression such as 30 2 * * *').optional(),
    timeZone: z.string().refine(isTimeZone, 'must be a time zone such as UTC or Europe/Berlin').default('UTC'),
    overlap: z.enum(overlapPolicies).default('skip'),
    catchupWindow: durationSeconds.default(600),
    jitter: durationSeconds.default(0),
  })
  .transform((value) => (value.every === undefined && value.cron === undefined ? { ...value, every: 3600 } : value))
  .refine((value) => value.every === undefined || value.cron === undefined, {
    path: ['cron'],
    message: 'give either every or cron, not both',
  });

/** How much the policy dares: how far from proven batch sizes it tries others, in doublings (1, 2, no bound). */
export const trustRegions = ['cautious', 'standard', 'aggressive'] as const;

const policy = z.discriminatedUnion('name', [
  z.strictObject({
    name: z.literal('wattbandit'),
    trustRegion: z.enum(trustRegions).default('standard'),
  }),
  z.strictObject({
    name: z.literal('zeus'),
    /** Null: runs are never stopped for what they cost. */
    beta: z.number().min(1).nullable().default(2),
    pruningRounds: z.int().min(1).default(2),
    window: z.int().min(1).max(500).default(100),
  }),
]);

const objective = z.strictObject({
  eta: z.number().min(0).max(1).default(0.5),
  maxSlowdown: z.number().min(1).optional(),
  deadline: durationAtLeast(1).optional(),
});

const carbon = z
  .strictObject({
    /** How η follows the signal of the worker's grid; `chase` and `static` are there to compare with. */
    policy: z.enum(gridPolicies).default('wattbandit'),
    /** A mean slow-down over the recurrences to hold, above maximum power: 0.025 is 2.5 %. Without it, η alone rules. */
    slowdown: z.number().min(0).max(1).optional(),
    /** No single run may exceed the slow-down. */
    strict: z.boolean().default(false),
    /** A reading older than this says nothing about now. */
    staleAfter: durationAtLeast(60).default(usualStaleAfterSeconds),
  })
  .refine(({ strict, slowdown }) => !strict || slowdown !== undefined, {
    path: ['strict'],
    message: 'needs slowdown: how much slower no run may be',
  });

const target = z.strictObject({
  metric: z.string().min(1),
  value: z.number(),
  direction: z.enum(['atLeast', 'atMost']).default('atLeast'),
});

/** A job id becomes part of workflow and schedule ids, file names and metric labels. */
export const jobIdPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** A job file. Unknown keys are errors; every default is written here and nowhere else. */
export const jobSpecSchema = z
  .strictObject({
    version: z.literal(1),
    job: z
      .string()
      .regex(
        jobIdPattern,
        'must be 1 to 100 letters, digits, dots, dashes or underscores, and begin with a letter or digit',
      ),
    batchSizes: z
      .array(batchSize)
      .min(1)
      .max(64)
      .refine((sizes) => new Set(sizes).size === sizes.length, 'must not list a batch size twice')
      .transform((sizes) => sizes.toSorted((a, b) => a - b)),
    defaultBatchSize: batchSize,
    maxEpochs: z.int().positive(),
    target,
    objective: objective.prefault({}),
    /** Speed and energy are weighed by the grid while the job trains. Absent: by η alone. */
    carbon: carbon.optional(),
    policy: policy.prefault({ name: 'wattbandit' }),
    /** At which level the job begins; `job promote` and `demote` move it. Absent: full. */
    trust: z.enum(trustLevels).optional(),
    schedule: schedule.prefault({}),
    gpus: z
      .strictObject({
        /** On each host. */
        count: z.int().min(1).max(64).default(1),
        hosts: z.int().min(1).max(64).default(1),
      })
      .prefault({}),
    /** Handed to the worker's trainer as it is; `kind` names the trainer that must run it. */
    trainer: z.looseObject({ kind: z.string().min(1) }),
    /** Runs that one recurrence may take until one converges. */
    attempts: z.int().min(1).max(20).default(3),
    /** A host that gives no sign of life for so long has lost the run, and gives it up itself if it cannot reach the server. */
    heartbeatTimeout: durationAtLeast(5).default(60),
    /** A decision whose run is never reported is forgotten after this time. */
    lease: durationAtLeast(1).default(86_400),
  })
  .refine((spec) => spec.batchSizes.includes(spec.defaultBatchSize), {
    path: ['defaultBatchSize'],
    message: 'must be one of batchSizes',
  });

/** A validated job with every default filled in. Durations are seconds. */
export type JobSpec = z.output<typeof jobSpecSchema>;
export type JobSpecInput = z.input<typeof jobSpecSchema>;

/** Failure types of activities and updates that no retry can mend. The list is closed. */
export const failureTypes = {
  /** The job specification does not fit the host, the trainer or the policy: fix the request. */
  invalidRequest: 'InvalidRequest',
  /** No GPU of this host can run the job: fix the host. */
  unsuitableHost: 'UnsuitableHost',
  /** A message about a decision that was never made, or is shaped wrongly. */
  invalidMessage: 'InvalidMessage',
  /** An override whose sender is not believed, or may not do this: ask somebody who may. */
  overrideRefused: 'OverrideRefused',
  /** There is no override of this id. */
  unknownOverride: 'UnknownOverride',
  /** No decision of this id was made, or none is remembered. */
  unknownRun: 'UnknownRun',
} as const;

/** The section `trainer` of a job file for `kind: process`, and its command with the run's values put in. */
import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import { type JobSpec, durationSeconds, failureTypes } from '../../workflows/contracts';
import type { RunRequest } from './trainer';

/** Line ends have no honest use in an argument, and forge log lines; NUL ends a string of the system early. */
const argument = z.string().regex(/^[^\0\r\n]*$/, 'must not contain line ends or NUL');

/** These speak for wattbandit or give access to Temporal. */
const reserved = /^(WATTBANDIT_|TEMPORAL_|CUDA_VISIBLE_DEVICES$)/;

export const processSettingsSchema = z.strictObject({
  kind: z.literal('process'),
  /** Program and arguments; there is no shell. `${WATTBANDIT_…}` as a whole argument is replaced by that variable. */
  command: z.array(argument).min(1),
  /** Where the trainer runs; relative to the worker's directory. */
  cwd: argument.min(1).default('.'),
  /** Names of variables that the trainer gets from the worker's environment, besides the usual few. */
  env: z
    .array(
      z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of a variable')
        .refine((name) => !reserved.test(name), 'is not for a trainer'),
    )
    .default([]),
  /** How long the trainer may take to save and end once it is told to. */
  grace: durationSeconds.default(30),
  /** Without a report for this long, the trainer hangs. */
  silence: durationSeconds.default(600).refine((seconds) => seconds > 0, 'must be longer than 0s'),
});

/** Durations are seconds. */
export type ProcessSettings = z.output<typeof processSettingsSchema>;

/** @throws ApplicationFailure `InvalidRequest` that names every fault */
export function processSettingsFor({ job, trainer }: JobSpec): ProcessSettings {
  const { data, error } = processSettingsSchema.safeParse(trainer);
  if (data !== undefined) return data;
  const faults = error.issues.map(({ path, message }) => `trainer.${path.join('.')}: ${message}`);
  throw invalidRequest(`Cannot train job ${job}: ${faults.join('; ')}; mend the job file.`);
}

/** @throws ApplicationFailure `InvalidRequest` for a placeholder that is unknown or only a part of an argument */
export function commandFor(
  job: string,
  { command }: ProcessSettings,
  variables: Readonly<Record<string, string>>,
): readonly string[] {
  return command.map((part) => {
    if (!part.includes('${WATTBANDIT_')) return part;
    const value = Object.entries(variables).find(([name]) => part === `\${${name}}`)?.[1];
    if (value !== undefined) return value;
    const known = Object.keys(variables).join(', ');
    throw invalidRequest(
      `Cannot train job ${job}: argument ${part} of trainer.command must be one of these in \${} and nothing else: ${known}.`,
    );
  });
}

export function invalidRequest(message: string, cause?: Error): ApplicationFailure {
  return ApplicationFailure.create({ message, cause, type: failureTypes.invalidRequest, nonRetryable: true });
}

/** @throws ApplicationFailure `InvalidRequest` */
export function refuseForeignSize({ batchSize, spec }: RunRequest): void {
  if (spec.batchSizes.includes(batchSize)) return;
  throw invalidRequest(
    `Cannot train job ${spec.job} at batch size ${batchSize}: the job allows ${spec.batchSizes.join(', ')}; mend batchSizes.`,
  );
}

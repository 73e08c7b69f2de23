/** The section `trainer` of a job file for `kind: kubeflowPipelines`, and its parameters with the run's values put in. */
import { z } from 'zod';
import { type JobSpec, durationSeconds } from '../../../workflows/contracts';
import { invalidRequest } from '../processSettings';

/** Pipelines know no null. */
const value = z.union([z.string(), z.number(), z.boolean(), z.array(z.json()), z.record(z.string(), z.json())]);

const settingsSchema = z.strictObject({
  kind: z.literal('kubeflowPipelines'),
  /** By name. */
  pipeline: z.string().min(1),
  /** By name; the latest unless given. */
  version: z.string().min(1).optional(),
  /** Made if it is missing. */
  experiment: z.string().min(1).default('wattbandit'),
  /** `${WATTBANDIT_…}` as a whole value is replaced by that variable. */
  parameters: z.record(z.string(), value).default({ wattbandit: '${WATTBANDIT_RUN}' }),
  /** How long the run may take to save and end once it is told to. */
  grace: durationSeconds.default(60),
  /** Without a report for this long, it hangs. */
  silence: durationSeconds.default(600).refine((seconds) => seconds > 0, 'must be longer than 0s'),
  /** How long its pods may take to begin. */
  startWithin: durationSeconds.default(1800).refine((seconds) => seconds > 0, 'must be longer than 0s'),
});

/** Durations are seconds. */
export type PipelineSettings = z.output<typeof settingsSchema>;
export type Parameters = PipelineSettings['parameters'];

/** @throws ApplicationFailure `InvalidRequest` that names every fault */
export function pipelineSettingsFor({ job, trainer }: JobSpec): PipelineSettings {
  const { data, error } = settingsSchema.safeParse(trainer);
  if (data !== undefined) return data;
  const faults = error.issues.map(({ path, message }) => `trainer.${path.join('.')}: ${message}`);
  throw invalidRequest(`Cannot train job ${job}: ${faults.join('; ')}; mend the job file.`);
}

/** Pipelines check types, so these are numbers there. */
const numbers = [
  'WATTBANDIT_BATCH_SIZE',
  'WATTBANDIT_DEFAULT_BATCH_SIZE',
  'WATTBANDIT_MAX_EPOCHS',
  'WATTBANDIT_TARGET_VALUE',
];

/** @throws ApplicationFailure `InvalidRequest` for a placeholder that is unknown or only a part of a value */
export function parametersFor(
  job: string,
  { parameters }: PipelineSettings,
  variables: Readonly<Record<string, string>>,
): Parameters {
  const all: Readonly<Record<string, string>> = { ...variables, WATTBANDIT_RUN: JSON.stringify(variables) };
  const put = (given: Parameters[string]): Parameters[string] => {
    if (typeof given !== 'string' || !given.includes('${WATTBANDIT_')) return given;
    const found = Object.entries(all).find(([name]) => given === `\${${name}}`);
    if (found !== undefined) return numbers.includes(found[0]) ? Number(found[1]) : found[1];
    throw invalidRequest(
      `Cannot train job ${job}: parameter ${given} must be one of these in \${} and nothing else: ${Object.keys(all).join(', ')}.`,
    );
  };
  return Object.fromEntries(Object.entries(parameters).map(([name, given]) => [name, put(given)]));
}

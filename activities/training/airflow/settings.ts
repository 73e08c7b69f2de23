/** The section `trainer` of a job file for `kind: airflow`, and what a DAG run is told. */
import { z } from 'zod';
import { type JobSpec, durationSeconds } from '../../../workflows/contracts';
import { invalidRequest } from '../processSettings';
import type { RunRequest } from '../trainer';

/** As Airflow allows it. */
const id = z
  .string()
  .max(250)
  .regex(/^[A-Za-z0-9_.-]+$/, 'must be letters, digits, dashes, dots or underscores');

export const airflowSettingsSchema = z.strictObject({
  kind: z.literal('airflow'),
  dag: id,
  /** The task that trains, and reports how it goes. */
  task: id.default('train'),
  /** The XCom of that task which holds the report. */
  report: id.default('wattbandit'),
  /** Given to the DAG run besides `wattbandit`. `${batch_size}` as a whole value is replaced by what is told under that name. */
  conf: z.record(z.string(), z.json()).default({}),
  /** Airflow leaves runs of a paused DAG in its queue for ever. */
  unpause: z.boolean().default(false),
  /** How often Airflow is asked. */
  poll: durationSeconds.default(1).refine((seconds) => seconds >= 0.1, 'must be 100ms or longer'),
  /** How long the task may take to end once its target is reached. */
  grace: durationSeconds.default(60),
  /** Without any news for this long, the run hangs. */
  silence: durationSeconds.default(600).refine((seconds) => seconds > 0, 'must be longer than 0s'),
});

/** Durations are seconds. */
export type AirflowSettings = z.output<typeof airflowSettingsSchema>;

/** @throws ApplicationFailure `InvalidRequest` that names every fault */
export function airflowSettingsFor({ job, trainer }: JobSpec): AirflowSettings {
  const { data, error } = airflowSettingsSchema.safeParse(trainer);
  if (data !== undefined) return data;
  const faults = error.issues.map(({ path, message }) => `trainer.${path.join('.')}: ${message}`);
  throw invalidRequest(`Cannot train job ${job}: ${faults.join('; ')}; mend the job file.`);
}

export type Conf = Readonly<Record<string, unknown>>;

/** Names as Python has them; what is not known is left out. */
export function toldTo(request: RunRequest, host: string | undefined): Conf {
  const { id: runId, spec, batchSize, gpuUuids, terms } = request;
  const told = {
    job: spec.job,
    run_id: runId,
    recurrence: runId.replace(/\/\d+$/, ''),
    batch_size: batchSize,
    default_batch_size: spec.defaultBatchSize,
    max_epochs: spec.maxEpochs,
    target: spec.target,
    host,
    gpu_uuids: gpuUuids,
    power_limit_watts: terms?.powerLimitWatts,
    eta: terms?.eta,
    cost_ceiling_joules: terms?.costCeilingJoules,
  };
  return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined && value !== null));
}

/** @throws ApplicationFailure `InvalidRequest` for a placeholder of an unknown name */
export function confFor({ job }: JobSpec, { conf }: AirflowSettings, told: Conf): Conf {
  const filled = Object.entries(conf).map(([name, value]) => {
    const wanted = typeof value === 'string' ? /^\$\{(\w+)\}$/.exec(value)?.[1] : undefined;
    if (wanted === undefined) return [name, value];
    if (Object.hasOwn(told, wanted)) return [name, told[wanted]];
    throw invalidRequest(
      `Cannot train job ${job}: trainer.conf.${name} wants \${${wanted}}, but this run has ${Object.keys(told).join(', ')}.`,
    );
  });
  return { ...Object.fromEntries(filled), wattbandit: told };
}

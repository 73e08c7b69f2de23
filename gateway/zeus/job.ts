/** A job as Zeus's client registers it, as one of ours. */
import { randomBytes } from 'node:crypto';
import type { ScheduleDescription } from '@temporalio/client';
import { z } from 'zod';
import { type JobSpec, jobIdPattern, jobSpecSchema } from '../../workflows/contracts';
import { externalKind } from '../external';
import { type ZeusSpec, zeusSpec } from './messages';

export interface ZeusRules {
  /** A trial of which nothing is heard for so long no longer counts as under way. */
  readonly leaseSeconds: number;
  /** Who chooses batch sizes: as Zeus does, or ours. */
  readonly policy: 'zeus' | 'wattbandit';
}

/** Results of each batch size that Zeus's policy remembers where a job asks for all of them. */
const longestWindow = 100;

export type NamedZeusSpec = ZeusSpec & { readonly job_id: string };

/** As Zeus makes them: the prefix and eight hexadecimal digits. */
export function nameOf(spec: ZeusSpec): NamedZeusSpec {
  const { job_id: id, job_id_prefix: prefix } = spec;
  return { ...spec, job_id: id ?? `${prefix}-${randomBytes(4).toString('hex')}` };
}

/** Undefined where the id can be none of ours, which become parts of workflow ids and file names. */
export function jobSpecFor(spec: NamedZeusSpec, { leaseSeconds, policy }: ZeusRules): JobSpec | undefined {
  if (!jobIdPattern.test(spec.job_id)) return undefined;
  return jobSpecSchema.parse({
    version: 1,
    job: spec.job_id,
    batchSizes: spec.batch_sizes,
    defaultBatchSize: spec.default_batch_size,
    maxEpochs: spec.max_epochs,
    target: {
      metric: 'metric',
      value: spec.target_metric,
      direction: spec.higher_is_better_metric ? 'atLeast' : 'atMost',
    },
    objective: { eta: spec.eta_knob },
    policy: policy === 'zeus' ? zeusPolicy(spec) : { name: 'wattbandit' },
    trainer: { kind: externalKind, gpus: gpusOf(spec), zeus: spec },
    // A trial is a recurrence of its own; what is launched again is another one.
    attempts: 1,
    lease: leaseSeconds,
  });
}

function zeusPolicy({ beta_knob: beta, num_pruning_rounds: pruningRounds, window_size: window }: ZeusSpec) {
  return { name: 'zeus', beta, pruningRounds, window: window === 0 ? longestWindow : window } as const;
}

/** Zeus's `max_power` is of all GPUs together. It knows no limits below, so there is none to choose. */
function gpusOf({ gpu_model: model, number_of_gpus: count, max_power: watts }: ZeusSpec) {
  return { model, count, powerLimitsWatts: [watts / count] };
}

const registered = z.object({ trainer: z.object({ zeus: zeusSpec }) });

/** Whether a job of ours was registered so, whatever the gateway's own rules were then. */
export function isSame(spec: NamedZeusSpec, { memo }: ScheduleDescription): boolean {
  const existing = registered.safeParse(memo?.['spec']);
  return existing.success && JSON.stringify(existing.data.trainer.zeus) === JSON.stringify(spec);
}

/**
 * What Zeus's client says and is told (`zeus/optimizer/batch_size/common.py` of zeus 0.16). Keys that are not known are ignored, as
 * there; numbers that cannot be are refused.
 */
import { z } from 'zod';

const finite = z.number();

/** In the order in which Zeus writes them. */
const zeusFields = z.object({
  job_id: z.string().min(1).nullable().default(null),
  job_id_prefix: z.string(),
  batch_sizes: z.array(z.int().positive()).min(1).max(64).transform(ascending),
  default_batch_size: z.int().positive(),
  eta_knob: finite.min(0).max(1).default(0.5),
  beta_knob: finite.min(1).nullable().default(2),
  target_metric: finite.default(0.5),
  higher_is_better_metric: z.boolean().default(true),
  max_epochs: z.int().positive().default(100),
  num_pruning_rounds: z.int().positive().default(2),
  window_size: z.int().min(0).max(500).default(0),
  mab_prior_mean: finite.default(0),
  mab_prior_precision: finite.min(0).default(0),
  mab_num_explorations: z.int().min(0).default(2),
  mab_seed: z.int().nullable().default(null),
  max_power: finite.positive().max(1e6),
  number_of_gpus: z.int().positive().max(4096),
  gpu_model: z.string().min(1).max(100),
});
export const zeusSpec = zeusFields.superRefine((spec, context) => {
  const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
  const { job_id: id, batch_sizes: sizes, default_batch_size: first } = spec;
  if (id !== null && !id.startsWith(spec.job_id_prefix))
    refuse('job_id', `Job_id(${id}) does not start with prefix(${spec.job_id_prefix}).`);
  if (new Set(sizes).size < sizes.length) refuse('batch_sizes', 'must not name a batch size twice');
  if (!sizes.includes(first))
    refuse('default_batch_size', `Default BS(${first}) not in batch_sizes([${sizes.join(', ')}]).`);
});
/** What it is told back: the job has a name then. */
export const zeusSpecAnswer = zeusFields.extend({ job_id: z.string(), batch_sizes: z.array(z.int()) });
export type ZeusSpec = z.output<typeof zeusSpec>;

export const trialId = z.object({
  job_id: z.string().min(1),
  batch_size: z.int(),
  trial_number: z.int(),
});
export type TrialId = z.output<typeof trialId>;

/** Time and energy since the run began, in seconds and joules. */
export const trainingResult = trialId.extend({
  time: finite.positive().max(1e15),
  energy: finite.positive().max(1e15),
  metric: finite,
  current_epoch: z.int().min(0),
});
export type TrainingResult = z.output<typeof trainingResult>;

export const reportAnswer = z.object({ stop_train: z.boolean(), converged: z.boolean(), message: z.string() });
export type ReportAnswer = Readonly<z.output<typeof reportAnswer>>;

export const jobQuery = z.object({ job_id: z.string().min(1) });

function ascending(sizes: readonly number[]): number[] {
  return sizes.toSorted((a, b) => a - b);
}

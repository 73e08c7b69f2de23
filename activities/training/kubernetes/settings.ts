/** The section `trainer` of a job file for `kind: kubernetes`, and what the worker adds: where its pods run and how they get GPUs. */
import { z } from 'zod';
import { type JobSpec, durationSeconds } from '../../../workflows/contracts';
import { invalidRequest } from '../processSettings';

export const kubernetesSettingsSchema = z.strictObject({
  kind: z.literal('kubernetes'),
  /** A Job or a TrainJob; the worker's unless given. */
  template: z.looseObject({}).optional(),
  /** The container that trains; the first unless given, `node` for a TrainJob. */
  container: z.string().min(1).optional(),
  /** Where the template mounts what survives a restart of the run. */
  checkpoints: z.string().startsWith('/').default('/checkpoints'),
  /** How long the trainer may take to save and end once it is told to. */
  grace: durationSeconds.default(30),
  /** Without a report for this long, the trainer hangs. */
  silence: durationSeconds.default(600).refine((seconds) => seconds > 0, 'must be longer than 0s'),
  /** How long pulling images and waiting for the node may take. */
  startWithin: durationSeconds.default(900).refine((seconds) => seconds > 0, 'must be longer than 0s'),
});

/** Durations are seconds. */
export type KubernetesSettings = z.output<typeof kubernetesSettingsSchema>;

/**
 * `visibleDevices`: the pod asks for no GPU and gets the claimed ones by UUID, from the NVIDIA container runtime. `wholeNode`: the pod
 * asks the device plugin for all GPUs of the node, and the claim must be all of them.
 */
export const gpuWays = ['visibleDevices', 'wholeNode'] as const;
export type GpuWay = (typeof gpuWays)[number];

export interface Placement {
  /** The label `kubernetes.io/hostname` of the node whose GPUs this worker claims. */
  readonly node: string;
  readonly gpus: GpuWay;
  /** What the device plugin calls a GPU. */
  readonly gpuResource: string;
  /** Of the pods of `visibleDevices`; the node's usual one unless given. */
  readonly runtimeClass?: string | undefined;
}

/** @throws ApplicationFailure `InvalidRequest` that names every fault */
export function kubernetesSettingsFor({ job, trainer }: JobSpec): KubernetesSettings {
  const { data, error } = kubernetesSettingsSchema.safeParse(trainer);
  if (data !== undefined) return data;
  const faults = error.issues.map(({ path, message }) => `trainer.${path.join('.')}: ${message}`);
  throw invalidRequest(`Cannot train job ${job}: ${faults.join('; ')}; mend the job file.`);
}

/** The Job or TrainJob that a user writes for a run: what it must look like, and what in it is wattbandit's to say. No I/O. */
import { z } from 'zod';
import { invalidRequest } from '../processSettings';

const texts = z.record(z.string(), z.string());
/** Written by wattbandit, so that the same run always has the same one. */
const metadata = z
  .looseObject({
    labels: texts.optional(),
    annotations: texts.optional(),
    name: z.never('is given by wattbandit; leave it out').optional(),
    generateName: z.never('is given by wattbandit; leave it out').optional(),
    namespace: z.never('is the worker’s; leave it out').optional(),
  })
  .prefault({});

/** These speak for wattbandit, or choose GPUs. */
const reserved = /^(WATTBANDIT_|NVIDIA_VISIBLE_DEVICES$|CUDA_VISIBLE_DEVICES$)/;
const variable = z.looseObject({
  name: z.string().refine((name) => !reserved.test(name), 'is set by wattbandit; leave it out'),
});
const resources = z.looseObject({ limits: z.record(z.string(), z.unknown()).optional() });

const container = z.looseObject({
  name: z.string().min(1),
  env: z.array(variable).optional(),
  resources: resources.optional(),
});

const podSpec = z.looseObject({
  containers: z.array(container).min(1),
  nodeName: z.never('is the node of the claimed GPUs; leave it out').optional(),
  nodeSelector: texts.optional(),
  /** A retry is Temporal’s, which measures it as a run of its own. */
  restartPolicy: z.literal('Never', 'must be Never: wattbandit retries runs itself').optional(),
});

const job = z.looseObject({
  apiVersion: z.literal('batch/v1'),
  kind: z.literal('Job'),
  metadata,
  spec: z.looseObject({
    backoffLimit: z.literal(0, 'must be 0: wattbandit retries runs itself').optional(),
    completions: z.literal(1, 'must be 1').optional(),
    parallelism: z.literal(1, 'must be 1: hosts are counted by gpus.hosts of the job file').optional(),
    template: z.looseObject({
      metadata: z.looseObject({ labels: texts.optional(), annotations: texts.optional() }).prefault({}),
      spec: podSpec,
    }),
  }),
});

const trainJob = z.looseObject({
  apiVersion: z.literal('trainer.kubeflow.org/v1alpha1'),
  kind: z.literal('TrainJob'),
  metadata,
  spec: z.looseObject({
    annotations: texts.optional(),
    trainer: z
      .looseObject({
        numNodes: z.literal(1, 'must be 1: hosts are counted by gpus.hosts of the job file').optional(),
        env: z.array(variable).optional(),
        resourcesPerNode: resources.optional(),
      })
      .prefault({}),
    podSpecOverrides: z.array(z.looseObject({})).optional(),
  }),
});

const template = z.discriminatedUnion('kind', [job, trainJob], {
  error: 'must be a Job of batch/v1 or a TrainJob of trainer.kubeflow.org/v1alpha1',
});

export type Template = z.output<typeof template>;
export type JobTemplate = z.output<typeof job>;
export type TrainJobTemplate = z.output<typeof trainJob>;

/** @throws ApplicationFailure `InvalidRequest` that names every fault by its path */
export function templateFor(jobId: string, given: unknown): Template {
  const { data, error } = template.safeParse(given);
  if (data !== undefined) return data;
  const faults = error.issues.map(({ path, message }) => `${['trainer.template', ...path].join('.')}: ${message}`);
  throw invalidRequest(`Cannot train job ${jobId}: ${faults.join('; ')}; mend the template.`);
}

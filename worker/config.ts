/** The file that configures a worker. What it becomes is in `hardware.ts`. */
import { z } from 'zod';
import { secretRefSchema } from '../activities/carbon/secret';
import { sourceDescriptionSchema } from '../activities/carbon/sourceDescription';
import { driverDescriptionSchema } from '../activities/gpu/lease/driverDescription';
import { mlflowSettingsSchema } from '../activities/mlflow/settings';
import { gpuWays } from '../activities/training/kubernetes/settings';
import { airflowServerSchema } from '../activities/training/airflow/server';
import { defaultTaskQueue } from './client';
import { encryptionSchema } from './encryption/config';
import { overridesSchema } from './overrideConfig';

const watts = z.number().positive();

/** Recorded jobs on recorded GPUs: nothing is trained. */
const simulated = z.strictObject({
  kind: z.literal('simulated'),
  /** GPU model of the recordings, as in `summary_power_<gpu>.csv`. */
  gpu: z.string().min(1),
  /** Directory of the recordings; those of Zeus unless given. */
  traces: z.string().min(1).optional(),
  count: z.int().min(1).max(64).default(1),
  /** Simulated seconds per real second. */
  speed: z.number().positive().default(1),
});

/** GPUs that only draw power, for a program that trains without one: a laptop, a test. */
const simulatedDriver = z.strictObject({
  kind: z.literal('simulated'),
  model: z.string().min(1).default('simulated'),
  count: z.int().min(1).max(64).default(1),
  powerLimitsWatts: z
    .array(watts)
    .min(1)
    .max(12)
    .transform((limits) => [...new Set(limits)].sort((a, b) => a - b))
    .default([100, 125, 150, 175, 200, 225, 250]),
  /** What one draws while a run holds it, where its limit allows it. */
  drawWatts: watts.default(200),
});

const processTrainer = z.strictObject({
  kind: z.literal('process'),
  /** Where runs keep checkpoints, output and records. */
  directory: z.string().min(1).default('.wattbandit/runs'),
  /** What `trainer.cwd` of a job file is relative to. */
  workingDirectory: z.string().min(1).optional(),
});

/** Pods on this worker's own node: docs/kubernetes.md. */
const kubernetesTrainer = z.strictObject({
  kind: z.literal('kubernetes'),
  /** Where its pods run. */
  namespace: z.string().min(1).default('default'),
  /** How to reach the cluster; as the worker's own pod or as `kubectl` does unless given. */
  kubeconfig: z.string().min(1).optional(),
  /** The label `kubernetes.io/hostname` of this worker's node; the variable NODE_NAME unless given. */
  node: z.string().min(1).optional(),
  /** How a pod gets the claimed GPUs. */
  gpus: z.enum(gpuWays).default('visibleDevices'),
  gpuResource: z.string().min(1).default('nvidia.com/gpu'),
  runtimeClass: z.string().min(1).optional(),
  /** A Job or TrainJob for job files that have none. */
  template: z.looseObject({}).optional(),
});

/** Runs of DAGs. Without `driver: elsewhere` their tasks must run on this host. */
const airflowTrainer = airflowServerSchema.extend({
  kind: z.literal('airflow'),
  /** By what names Airflow knows this host; the system's host name unless given. */
  hostnames: z.array(z.string().min(1)).min(1).optional(),
});

/** GPUs that are not of this host: whoever trains there says what they drew, and nobody sets their limit. */
const elsewhereDriver = z.strictObject({
  kind: z.literal('elsewhere'),
  model: z.string().min(1),
  /** How many are used at once. */
  count: z.int().min(1).max(1024).default(1),
  /** The limit in force there, of one. */
  powerLimitWatts: watts,
});

/** Runs of pipelines, whose pods train on this worker's own node: docs/kubeflow.md. */
const pipelinesTrainer = z.strictObject({
  kind: z.literal('kubeflowPipelines'),
  /** Of its API server. */
  url: z.url({ protocol: /^https?$/ }),
  token: secretRefSchema.optional(),
  namespace: z.string().min(1).optional(),
  /** The label `kubernetes.io/hostname` of this worker's node; the variable NODE_NAME unless given. */
  node: z.string().min(1).optional(),
  /** Where this worker notes which runs report to it, so that they go on should it die. */
  directory: z.string().min(1).default('.wattbandit/pipelines'),
  /** Where runs report to this worker. */
  reports: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1'),
      port: z.int().min(0).max(65535).default(8471),
      /** As pods see it, if not by host and port. */
      url: z.url({ protocol: /^https?$/ }).optional(),
    })
    .prefault({}),
});

/** GPUs of this host, and programs that train on them. */
const gpus = z.strictObject({
  kind: z.literal('gpus'),
  driver: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('auto') }),
      simulatedDriver,
      elsewhereDriver,
      ...driverDescriptionSchema.options,
    ])
    .prefault({ kind: 'auto' }),
  /** UUIDs of the GPUs to use; all unless given. */
  only: z.array(z.string().min(1)).min(1).optional(),
  /** Also GPUs on which programs of others compute. Their energy is then counted as the run's. */
  allowShared: z.boolean().default(false),
  /** What the site allows, whatever the hardware takes. */
  limits: z
    .strictObject({ minWatts: watts.optional(), maxWatts: watts.optional() })
    .refine(({ minWatts = 0, maxWatts = Infinity }) => minWatts <= maxWatts, {
      path: ['minWatts'],
      message: 'must not be above maxWatts',
    })
    .prefault({}),
  /** Directory of the power leases, one for all workers of the host. */
  leases: z.string().min(1).optional(),
  /** A worker whose event loop stands still for so long is killed, and its limits are put back. */
  hungAfterSeconds: z.number().min(5).default(60),
  trainer: z
    .discriminatedUnion('kind', [processTrainer, airflowTrainer, kubernetesTrainer, pipelinesTrainer])
    .prefault({ kind: 'process' }),
});

/** A child process trains here, whatever the driver says. */
function isMeasured({ driver, trainer }: Pick<z.output<typeof gpus>, 'driver' | 'trainer'>): boolean {
  return driver.kind !== 'elsewhere' || trainer.kind === 'airflow';
}

export const defaultMetricsBind = '127.0.0.1:9464';
/** An IP address, since Temporal's runtime binds no names. */
export const ipAndPortPattern = /^(\[[0-9A-Fa-f:]+\]|[0-9.]+):\d{1,5}$/;

/** What this worker measures, for a Prometheus that comes to fetch it. */
const metrics = z.strictObject({
  prometheus: z.strictObject({
    /** Beyond loopback everybody who gets there reads the names of jobs. */
    bind: z
      .string()
      .regex(ipAndPortPattern, 'must be an IP address and a port, as 127.0.0.1:9464')
      .default(defaultMetricsBind),
  }),
});

/** Where spans of workflows and activities go. */
const tracing = z.strictObject({
  otlp: z.strictObject({
    /** Of a collector that takes OTLP over HTTP, as http://127.0.0.1:4318/v1/traces. */
    url: z.url({ protocol: /^https?$/ }),
  }),
});

/** Temporal's server refuses dots and colons in names; a colon parts them from the build id. */
export const deploymentNamePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
export const buildIdPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** Which Worker Deployment Version, in Temporal's words, this worker is of. */
const deployment = z.strictObject({
  name: z.string().regex(deploymentNamePattern, 'must be letters, digits, dashes or underscores'),
  /** That of this package's code unless given, so that other code is another version. */
  buildId: z.string().regex(buildIdPattern, 'must be letters, digits, dots, dashes or underscores').optional(),
});

export const workerConfigSchema = z.strictObject({
  version: z.literal(1),
  taskQueue: z.string().min(1).default(defaultTaskQueue),
  /** What tells this host from others, its name unless given; must not change while a run is under way. */
  host: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'must be letters, digits, dots, dashes or underscores')
    .optional(),
  hardware: z
    .discriminatedUnion('kind', [simulated, gpus])
    .refine((hardware) => hardware.kind !== 'gpus' || isMeasured(hardware), {
      path: ['trainer', 'kind'],
      message: 'must be one that trains elsewhere, such as airflow',
    }),
  /** Who tells the carbon intensity, or the price, of the grid that this host draws from. */
  carbon: sourceDescriptionSchema.optional(),
  /** Whose overrides are believed; nobody's unless given. */
  overrides: overridesSchema.prefault({}),
  /** Encrypts what Temporal stores. Clients need the same keys. */
  encryption: encryptionSchema.optional(),
  metrics: metrics.optional(),
  /** Workers are versioned only where this is given: docs/operators.md. */
  deployment: deployment.optional(),
  /** How long a worker that is told to stop waits for its runs, before it ends them and leaves them to the next one. */
  shutdownGraceSeconds: z.number().min(0).default(5),
  /** Needs packages of its own: docs/metrics.md names them. */
  tracing: tracing.optional(),
  /** Where each run is published: docs/mlflow.md. */
  mlflow: mlflowSettingsSchema.optional(),
  /** Lets the worker speak without TLS to a Temporal server on another computer. */
  insecurePlaintext: z.boolean().default(false),
});

export type WorkerConfig = z.output<typeof workerConfigSchema>;
export type MetricsConfig = z.output<typeof metrics>;
export type DeploymentConfig = z.output<typeof deployment>;
export type TracingConfig = z.output<typeof tracing>;
export type SimulatedConfig = z.output<typeof simulated>;
export type GpusConfig = z.output<typeof gpus>;
export type TrainerConfig = GpusConfig['trainer'];
export type SimulatedDriverConfig = z.output<typeof simulatedDriver>;

/** A job, a decision and an observation for tests that need one and do not care which. */
import type { Observation } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import { type JobSpec, type JobSpecInput, jobSpecSchema } from '../../workflows/contracts';

export function jobSpec(changes: Partial<JobSpecInput> = {}): JobSpec {
  return jobSpecSchema.parse({
    version: 1,
    job: 'cifar100',
    batchSizes: [8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096],
    defaultBatchSize: 1024,
    maxEpochs: 100,
    target: { metric: 'accuracy', value: 0.6 },
    trainer: { kind: 'simulated', dataset: 'cifar100' },
    heartbeatTimeout: '10s',
    ...changes,
  });
}

export function decision(changes: Partial<Decision> = {}): Decision {
  return {
    id: '2021-07-01T00:00:00Z/1',
    policy: 'wattbandit',
    batchSize: 1024,
    powerLimitWatts: 200,
    pace: { kind: 'free' },
    costCeilingJoules: null,
    mode: 'exploit',
    objective: { eta: 0.5 },
    probes: null,
    reason: 'because',
    incumbent: 1024,
    considered: [],
    ...changes,
  };
}

export function observation(changes: Partial<Observation> = {}): Observation {
  return {
    id: '2021-07-01T00:00:00Z/1',
    slot: '2021-07-01T00:00:00Z',
    attempt: 1,
    gpuModel: 'V100',
    batchSize: 1024,
    powerLimitWatts: 200,
    outcome: 'converged',
    epochs: 40,
    reachedEpochLimit: false,
    seconds: 400,
    joules: 60_000,
    measurements: [],
    ...changes,
  };
}

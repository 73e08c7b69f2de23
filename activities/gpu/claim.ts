/** Finds GPUs of one model on this host for a run, and waits for them if others use them now. */
import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Gpus } from '../../policy/facts';
import { type JobSpec, failureTypes } from '../../workflows/contracts';
import { whileBeating } from '../heartbeat';
import type { Gpu } from './driver';
import { failureForGpus } from './failure';
import type { GpuPool } from './pool';

/** GPUs for one run, and the task queue of the host that has them. */
export interface Claim {
  readonly taskQueue: string;
  readonly gpus: Gpus;
  readonly gpuUuids: readonly string[];
}

export interface ClaimSettings {
  readonly pool: GpuPool;
  readonly hostTaskQueue?: string | undefined;
}

/** After this the run goes back to the task queue, from which a host with free GPUs may take it. */
const patienceMs = 60_000;
/** Each run that waits here takes a slot from activities that are short. */
const mostWaiting = 16;

export function createClaimActivities({ pool, hostTaskQueue }: ClaimSettings) {
  return {
    async claimGpus(spec: JobSpec): Promise<Claim> {
      const { taskQueue } = activityInfo();
      const gpus = await whileBeating(
        () => ({ waitingForGpus: spec.gpus.count }),
        () => failureForGpus(() => reserve(pool, spec)),
      );
      return { taskQueue: hostTaskQueue ?? taskQueue, gpus: describe(gpus), gpuUuids: gpus.map(({ uuid }) => uuid) };
    },
  };
}

export type ClaimActivities = ReturnType<typeof createClaimActivities>;

async function reserve(pool: GpuPool, spec: JobSpec): Promise<readonly Gpu[]> {
  const { count } = spec.gpus;
  if ((await pool.capacity()) < count) throw tooFew(spec);
  if (pool.waiting >= mostWaiting) throw allBusy(spec, '30s');
  const signal = cancellationSignal();
  const gpus = await pool.reserve(runKey(), count, { milliseconds: patienceMs, signal });
  if (gpus === undefined) throw allBusy(spec, '1s');
  return gpus;
}

/** A recurrence trains once at a time: its claims are all one. */
export function runKey(): string {
  const { workflowExecution, activityId } = activityInfo();
  return workflowExecution?.workflowId ?? activityId;
}

/** All of one model; their limits are those that suit every one of them. */
function describe(gpus: readonly Gpu[]): Gpus {
  const [first, ...rest] = gpus;
  if (first === undefined) throw new Error('no GPU was claimed');
  const powerLimitsWatts = first.powerLimitsWatts.filter((watts) =>
    rest.every((gpu) => gpu.powerLimitsWatts.includes(watts)),
  );
  return { model: first.model, count: gpus.length, powerLimitsWatts };
}

function tooFew(spec: JobSpec): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    `Cannot claim ${spec.gpus.count} GPUs of one model for job ${spec.job}: this host has fewer; lower gpus.count, or see \`wattbandit gpu list\` there.`,
    failureTypes.unsuitableHost,
  );
}

function allBusy(spec: JobSpec, nextRetryDelay: '1s' | '30s'): ApplicationFailure {
  return ApplicationFailure.create({
    message: `Cannot claim ${spec.gpus.count} GPUs for job ${spec.job} yet: others use them; the claim is tried again.`,
    type: 'GpuBusy',
    nextRetryDelay,
  });
}

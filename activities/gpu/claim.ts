/** Finds GPUs of one model on this host for a run, and waits for them if others use them now. */
import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { Gpus } from '../../policy/facts';
import { type JobSpec, failureTypes } from '../../workflows/contracts';
import { whileBeating } from '../heartbeat';
import type { Gpu } from './driver';
import { failureForGpus } from './failure';
import type { GpuPool } from './pool';

/** GPUs for one run, or for its part on one host, and the task queue of the host that has them. */
export interface Claim {
  readonly taskQueue: string;
  /** Absent where hosts do not tell their names. */
  readonly host?: string;
  readonly gpus: Gpus;
  readonly gpuUuids: readonly string[];
}

/** Which part of a run over several hosts a claim is for. */
export interface Part {
  readonly rank: number;
  /** Hosts that have their part already. */
  readonly besides: readonly string[];
  readonly model?: string;
}

export interface ClaimSettings {
  readonly pool: GpuPool;
  readonly host?: string | undefined;
  readonly hostTaskQueue?: string | undefined;
}

/** Each run that waits here takes a slot from activities that are short. */
const mostWaiting = 16;

export function createClaimActivities({ pool, host, hostTaskQueue }: ClaimSettings) {
  return {
    async claimGpus(spec: JobSpec, part: Part = { rank: 0, besides: [] }): Promise<Claim> {
      const { taskQueue } = activityInfo();
      if (host !== undefined && part.besides.includes(host)) throw elsewhere(spec, host);
      const gpus = await whileBeating(
        () => ({ waitingForGpus: spec.gpus.count }),
        () => failureForGpus(() => reserve(pool, spec, part)),
      );
      return {
        taskQueue: hostTaskQueue ?? taskQueue,
        ...(host === undefined ? {} : { host }),
        gpus: describe(gpus),
        gpuUuids: gpus.map(({ uuid }) => uuid),
      };
    },
  };
}

export type ClaimActivities = ReturnType<typeof createClaimActivities>;

async function reserve(pool: GpuPool, spec: JobSpec, { rank, model }: Part): Promise<readonly Gpu[]> {
  const { count } = spec.gpus;
  if ((await pool.capacity(model)) < count) throw tooFew(spec, model);
  if (pool.waiting >= mostWaiting) throw allBusy(spec);
  const gpus = await pool.reserve(
    { run: runKey(rank), count, model },
    { milliseconds: patienceMs(), signal: cancellationSignal() },
  );
  if (gpus === undefined) throw allBusy(spec);
  return gpus;
}

/** A recurrence trains once at a time: its claims on a host are all one. */
export function runKey(rank = 0): string {
  const { workflowExecution, activityId } = activityInfo();
  return `${workflowExecution?.workflowId ?? activityId}/${rank}`;
}

/**
 * A claim that waited in vain goes back to the task queue, where a host with free GPUs may take it: at first soon, later seldom,
 * so that a thousand waiting runs are no load for the server.
 */
function patienceMs(): number {
  return Math.min(60, 2 ** Math.min(activityInfo().attempt, 10)) * 1000;
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

function tooFew({ job, gpus: { count } }: JobSpec, model = 'one model'): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    `Cannot claim ${count} GPUs of ${model} for job ${job}: this host has fewer; lower gpus.count, or see \`wattbandit gpu list\` there.`,
    failureTypes.unsuitableHost,
  );
}

function allBusy({ job, gpus: { count } }: JobSpec): ApplicationFailure {
  return tryElsewhere(`Cannot claim ${count} GPUs for job ${job} yet: others use them; the claim is tried again.`);
}

function elsewhere({ job }: JobSpec, host: string): ApplicationFailure {
  return tryElsewhere(
    `Cannot claim more GPUs for job ${job} on host ${host}: it has its part; another host has to serve task queue ${activityInfo().taskQueue}.`,
  );
}

/** Nothing is wrong, so nobody is warned. */
function tryElsewhere(message: string): ApplicationFailure {
  return ApplicationFailure.create({
    message,
    type: 'GpuBusy',
    nextRetryDelay: Math.min(30, 0.25 * 2 ** Math.min(activityInfo().attempt - 1, 10)) * 1000,
    category: ApplicationFailureCategory.BENIGN,
  });
}

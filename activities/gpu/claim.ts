/** Finds GPUs of one model on this host for a run, and waits for them if others use them now. */
import { activityInfo, cancellationSignal } from '@temporalio/activity';
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { Gpus } from '../../policy/facts';
import { type JobSpec, failureTypes } from '../../workflows/contracts';
import { runKeyOf } from '../../workflows/messages';
import { hostQueue, queueOfClaims } from '../../workflows/taskQueues';
import type { GridView } from '../carbon/gridWatch';
import { whileBeating } from '../heartbeat';
import type { Gpu } from './driver';
import { failureForGpus } from './failure';
import type { GpuPool } from './pool';

/** GPUs for one run, or for its part on one host, and the task queue of the host that has them. */
export interface Claim {
  readonly taskQueue: string;
  /** Absent from claims of version 0.1. */
  readonly host?: string;
  readonly gpus: Gpus;
  readonly gpuUuids: readonly string[];
  /** What the host knows of its grid, if the job follows it. */
  readonly grid?: GridView;
  /** The host publishes runs, once they are told. */
  readonly publishes?: true;
}

/** Which part of a run over several hosts a claim is for. */
export interface Part {
  readonly rank: number;
  /** Hosts that have their part already. */
  readonly besides: readonly string[];
  readonly model?: string;
  /** The instant that the recurrence stands for. */
  readonly slot?: string;
}

export interface ClaimSettings {
  readonly pool: GpuPool;
  readonly host: string;
  /** Of the grid that the host draws from, at a slot's instant or, for real hardware, now. */
  readonly viewGrid?: ((slot: string | undefined) => Promise<GridView>) | undefined;
  readonly publishes?: boolean;
}

export function createClaimActivities({ pool, host, viewGrid, publishes = false }: ClaimSettings) {
  return {
    async claimGpus(spec: JobSpec, part: Part = { rank: 0, besides: [] }): Promise<Claim> {
      if (part.besides.includes(host)) throw elsewhere(pool, spec, host);
      const gpus = await whileBeating(
        () => ({ waitingForGpus: spec.gpus.count }),
        () => failureForGpus(() => reserve(pool, spec, part)),
      );
      const grid = spec.carbon === undefined || part.rank > 0 ? undefined : await viewGrid?.(part.slot);
      return {
        taskQueue: hostQueue(queueOfClaims(activityInfo().taskQueue), host),
        host,
        gpus: describe(gpus),
        gpuUuids: gpus.map(({ uuid }) => uuid),
        ...(grid === undefined ? {} : { grid }),
        ...(publishes ? { publishes } : {}),
      };
    },
  };
}

export type ClaimActivities = ReturnType<typeof createClaimActivities>;

async function reserve(pool: GpuPool, spec: JobSpec, { rank, model }: Part): Promise<readonly Gpu[]> {
  const { count } = spec.gpus;
  if ((await pool.capacity(model)) < count)
    throw rank === 0 ? tooFew(spec, model) : elsewhere(pool, spec, 'of another model');
  const gpus = await pool.reserve(
    { run: runKey(rank), count, model },
    { milliseconds: patienceMs(), signal: cancellationSignal() },
  );
  if (gpus === undefined) throw allBusy(pool, spec);
  return gpus;
}

/** A recurrence trains once at a time: its claims on a host are all one. */
export function runKey(rank = 0): string {
  const { workflowExecution, activityId } = activityInfo();
  return runKeyOf(workflowExecution?.workflowId ?? activityId, rank);
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

function allBusy(pool: GpuPool, { job, gpus: { count } }: JobSpec): ApplicationFailure {
  return tryElsewhere(
    pool,
    `Cannot claim ${count} GPUs for job ${job} yet: others use them; the claim is tried again.`,
  );
}

function elsewhere(pool: GpuPool, { job }: JobSpec, host: string): ApplicationFailure {
  const queue = queueOfClaims(activityInfo().taskQueue);
  return tryElsewhere(
    pool,
    `Cannot claim more GPUs for job ${job} on host ${host}; another host has to serve task queue ${queue}.`,
  );
}

/** Nothing is wrong, so nobody is warned. */
function tryElsewhere(pool: GpuPool, message: string): ApplicationFailure {
  pool.rest();
  return ApplicationFailure.create({
    message,
    type: 'GpuBusy',
    nextRetryDelay: Math.min(30, 0.25 * 2 ** Math.min(activityInfo().attempt - 1, 10)) * 1000,
    category: ApplicationFailureCategory.BENIGN,
  });
}

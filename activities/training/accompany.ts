/**
 * A host that takes part in a run led by another: it holds its GPUs, trains as the rank it was given, sets the limits that the
 * leading host sends through the workflow, and puts its own back, alone if need be.
 */
import { activityInfo, cancellationSignal, getClient } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { LeaseRecord } from '../../policy/facts';
import { type HeldThere, prepared } from '../../workflows/messages';
import { runKey } from '../gpu/claim';
import { failureForGpus } from '../gpu/failure';
import type { HeldPower } from '../gpu/hold';
import { createLeaseLog } from '../gpu/lease/record';
import { type Meter, createMeter } from '../gpu/meter';
import { whileBeating, whileServerReachable } from '../heartbeat';
import { holdWhenFree } from './holdWhenFree';
import { type TrainHardware, type TrainInput, preparationMs } from './train';
import type { TrainingRun } from './trainer';

/** What its GPUs drew, from before its trainer began until after it ended. */
export interface Accompanied {
  readonly joules: number;
  readonly leases?: readonly LeaseRecord[] | undefined;
}

interface Companion {
  readonly power: HeldPower;
  readonly meter: Meter;
}

export function createAccompanyActivities(hardware: TrainHardware) {
  const companions = new Map<string, Companion>();
  return {
    async accompany(input: TrainInput): Promise<Accompanied> {
      const { spec, decision, claim, node } = input;
      const key = runKey(node?.rank);
      const leases = createLeaseLog();
      const holding = { runId: `${spec.job}/${decision.id}`, gpuUuids: claim.gpuUuids, record: leases.record };
      const whileHolding = async (power: HeldPower) => {
        const meter = await createMeter(hardware.gpus, claim.gpuUuids);
        companions.set(key, { power, meter });
        try {
          await trainAlong(input, hardware);
          return await meter.joules();
        } finally {
          companions.delete(key);
        }
      };
      const joules = await whileBeating(
        () => ({ rank: node?.rank }),
        () =>
          hardware.pool.occupy(key, claim.gpuUuids, () =>
            failureForGpus(() => holdWhenFree(hardware.holder, holding, whileHolding, preparationMs)),
          ),
      );
      return { joules, leases: leases.all };
    },

    /** Another worker process of this host may hold them; then the next try may find it. */
    async holdHere(rank: number, watts: number | null): Promise<HeldThere> {
      const companion = companions.get(runKey(rank));
      if (companion === undefined) {
        throw ApplicationFailure.create({ message: 'This worker does not take part in the run.', nextRetryDelay: 200 });
      }
      const set = watts === null ? null : await failureForGpus(() => companion.power.setPowerLimit(watts));
      const joules = await companion.meter.joules();
      return set === null || set.kind === 'set' ? { joules } : { joules, foreignWatts: set.watts };
    },
  };
}

export type AccompanyActivities = ReturnType<typeof createAccompanyActivities>;

/** Until the leading host has what it wants, which comes as a cancellation. */
async function trainAlong({ spec, decision, claim, node }: TrainInput, { trainer }: TrainHardware): Promise<void> {
  const { workflowExecution } = activityInfo();
  if (workflowExecution === undefined || node === undefined) throw new Error('a companion needs a run to take part in');
  const { workflowId, runId } = workflowExecution;
  await getClient().workflow.getHandle(workflowId, runId).signal(prepared, node.rank);
  const { gpuUuids } = claim;
  const run = await trainer.start({ id: decision.id, spec, batchSize: decision.batchSize, gpuUuids, node });
  try {
    await whileServerReachable((lost) => untilEnded(run, lost));
  } finally {
    await run.stop();
  }
}

async function untilEnded(run: TrainingRun, lost: AbortSignal): Promise<void> {
  const ended = cancellationSignal();
  const aborted = new Promise<'ended'>((resolve, reject) => {
    ended.addEventListener('abort', () => resolve('ended'));
    lost.addEventListener('abort', () => reject(lost.reason));
    if (ended.aborted) resolve('ended');
  });
  for (;;) {
    const event = await Promise.race([aborted, run.next()]);
    if (event === 'ended') return;
    if (event.kind === 'failed') throw ApplicationFailure.nonRetryable(event.detail, event.failure);
  }
}

/**
 * One run, start to observation, in one activity that holds the GPUs from before the first change of a limit until after
 * the limits are put back.
 */
import { heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Observation } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import { type JobSpec, failureTypes } from '../../workflows/contracts';
import { longestDetail } from '../../workflows/messages';
import type { Claim } from '../gpu/claim';
import { holdByLease } from '../gpu/hold';
import { createMeter } from '../gpu/meter';
import type { Reading } from '../gpu/profile';
import type { Hardware } from '../hardware';
import { type Ending, Follower } from './follow';
import { followRun } from './followRun';
import type { Trainer } from './trainer';

export interface TrainInput {
  readonly spec: JobSpec;
  readonly slot: string;
  readonly attempt: number;
  readonly decision: Decision;
  readonly claim: Claim;
}

/** Also while the trainer is silent: an epoch may be long, and a cancellation arrives with a heartbeat. */
const heartbeatEveryMs = 1000;

export function createTrainActivities({ gpus, trainer, hold = holdByLease(gpus) }: Hardware) {
  return {
    async train(input: TrainInput): Promise<Observation> {
      refuseForeignTrainer(input.spec, trainer);
      const { spec, decision, claim } = input;
      const { gpuUuids } = claim;
      const follower = new Follower({ decision, spec, gpus: claim.gpus });
      return whileBeating(follower, () =>
        hold({ runId: `${spec.job}/${decision.id}`, gpuUuids }, async (power) => {
          await power.setPowerLimit(follower.limitWatts);
          const meter = await createMeter(gpus, gpuUuids);
          const run = await trainer.start({ id: decision.id, spec, batchSize: decision.batchSize, gpuUuids });
          try {
            const { ending, reading } = await followRun({ run, follower, meter, power, decision, gpus: claim.gpus });
            return observationOf(input, follower, ending, reading);
          } finally {
            await run.stop();
          }
        }),
      );
    },
  };
}

export type TrainActivities = ReturnType<typeof createTrainActivities>;

/** From before the trainer starts, which may take long, until the limits are back. */
async function whileBeating<T>(follower: Follower, work: () => Promise<T>): Promise<T> {
  const beating = setInterval(() => heartbeat(follower.progress), heartbeatEveryMs);
  try {
    return await work();
  } finally {
    clearInterval(beating);
  }
}

function observationOf(input: TrainInput, follower: Follower, ending: Ending, reading: Reading): Observation {
  const { decision, slot, attempt, claim } = input;
  return {
    id: decision.id,
    slot,
    attempt,
    gpuModel: claim.gpus.model,
    batchSize: decision.batchSize,
    powerLimitWatts: follower.limitWatts,
    ...ending,
    detail: ending.detail?.slice(0, longestDetail),
    epochs: follower.epochs,
    seconds: reading.seconds,
    joules: reading.joules,
    measurements: follower.measurements(reading),
    outOfMemoryBatchSizes: follower.outOfMemoryBatchSizes,
  };
}

function refuseForeignTrainer(spec: JobSpec, trainer: Trainer): void {
  if (spec.trainer.kind === trainer.kind) return;
  throw ApplicationFailure.nonRetryable(
    `Cannot train job ${spec.job}: it wants trainer ${spec.trainer.kind}, this worker has ${trainer.kind}; mend trainer.kind or start another worker.`,
    failureTypes.invalidRequest,
  );
}

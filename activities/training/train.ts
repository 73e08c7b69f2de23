/**
 * One run, start to observation, in one activity that holds the GPUs from before the first change of a limit until after
 * the limits are put back.
 */
import { sleep } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Observation } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import { type JobSpec, failureTypes } from '../../workflows/contracts';
import { longestDetail } from '../../workflows/messages';
import { type Claim, runKey } from '../gpu/claim';
import type { GpuDriver } from '../gpu/driver';
import { failureForGpus } from '../gpu/failure';
import type { GpuHolder, HeldPower, Holding } from '../gpu/hold';
import { GpuBusy } from '../gpu/lease/errors';
import { createMeter } from '../gpu/meter';
import type { Reading } from '../gpu/profile';
import type { GpuPool } from '../gpu/pool';
import { whileBeating, whileServerReachable } from '../heartbeat';
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

export interface TrainHardware {
  readonly gpus: GpuDriver;
  readonly trainer: Trainer;
  readonly holder: GpuHolder;
  readonly pool: GpuPool;
}

export function createTrainActivities(hardware: TrainHardware) {
  return {
    async train(input: TrainInput): Promise<Observation> {
      const { spec, decision, claim } = input;
      const { gpuUuids } = claim;
      const follower = new Follower({ decision, spec, gpus: claim.gpus });
      const holding = { runId: `${spec.job}/${decision.id}`, gpuUuids };
      const work = async () => {
        refuseForeignTrainer(spec, hardware.trainer);
        return failureForGpus(() =>
          holdWhenFree(hardware.holder, holding, (power) => trainHolding(power, follower, input, hardware)),
        );
      };
      return whileBeating(
        () => follower.progress,
        () => hardware.pool.occupy(runKey(), gpuUuids, work),
      );
    },
  };
}

export type TrainActivities = ReturnType<typeof createTrainActivities>;

const busyRetryMs = 500;

/** An earlier attempt of the same run may not have noticed yet that it was given up. */
async function holdWhenFree<T>(
  holder: GpuHolder,
  holding: Holding,
  work: (power: HeldPower) => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await holder.hold(holding, work);
    } catch (error) {
      if (!(error instanceof GpuBusy)) throw error;
      await sleep(busyRetryMs);
    }
  }
}

async function trainHolding(
  power: HeldPower,
  follower: Follower,
  input: TrainInput,
  { gpus, trainer }: TrainHardware,
): Promise<Observation> {
  const { spec, decision, claim } = input;
  const { gpuUuids } = claim;
  await power.setPowerLimit(follower.limitWatts);
  const meter = await createMeter(gpus, gpuUuids);
  const run = await trainer.start({ id: decision.id, spec, batchSize: decision.batchSize, gpuUuids });
  try {
    const { ending, reading } = await whileServerReachable((lost) =>
      followRun({ run, follower, meter, power, decision, gpus: claim.gpus, lost }),
    );
    return observationOf(input, follower, ending, reading);
  } finally {
    await run.stop();
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

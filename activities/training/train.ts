/**
 * One run, start to observation, in one activity that holds the GPUs from before the first change of a limit until after
 * the limits are put back.
 */
import { activityInfo, getClient } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Observation } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import { type JobSpec, failureTypes } from '../../workflows/contracts';
import { type RunOrders, activeAt, runOrdersOf, standingOf } from '../../policy/override';
import { banditId, longestDetail, overrides } from '../../workflows/messages';
import { type Claim, runKey } from '../gpu/claim';
import type { GpuDriver } from '../gpu/driver';
import { failureForGpus } from '../gpu/failure';
import type { GpuHolder, HeldPower } from '../gpu/hold';
import { createLeaseLog } from '../gpu/lease/record';
import { createMeter } from '../gpu/meter';
import type { Reading } from '../gpu/reading';
import type { GpuPool } from '../gpu/pool';
import { whileBeating, whileServerReachable } from '../heartbeat';
import { type Ending, remarked } from './ending';
import { Follower } from './follow';
import { followRun } from './followRun';
import { lastSeenIn, resumedMeter } from './resumed';
import { createSteeredRun } from './steeredRun';
import { holdWhenFree } from './holdWhenFree';
import { alone, lead } from './lead';
import type { RunsUnderWay } from './underWay';
import type { RunTerms, Trainer, TrainingNode } from './trainer';

export interface TrainInput {
  readonly spec: JobSpec;
  readonly slot: string;
  readonly attempt: number;
  readonly decision: Decision;
  readonly claim: Claim;
  /** This host's place among those of the run; absent where it is alone. The first one leads. */
  readonly node?: TrainingNode;
}

/** Two runs over several hosts that each hold a part of what both need would wait for each other for ever. */
export const preparationMs = 30_000;

export interface TrainHardware {
  readonly gpus: GpuDriver;
  readonly trainer: Trainer;
  readonly holder: GpuHolder;
  readonly pool: GpuPool;
  readonly underWay: RunsUnderWay;
}

export function createTrainActivities(hardware: TrainHardware) {
  return {
    async train(input: TrainInput): Promise<Observation> {
      const { spec, decision, claim } = input;
      const { gpuUuids } = claim;
      const follower = new Follower({ decision, spec, gpus: claim.gpus });
      const leases = createLeaseLog();
      const holding = { runId: `${spec.job}/${decision.id}`, gpuUuids, record: leases.record };
      const work = async () => {
        refuseForeignTrainer(spec, hardware.trainer);
        return failureForGpus(() =>
          holdWhenFree(
            hardware.holder,
            holding,
            (power) => trainHolding(power, follower, input, hardware),
            input.node === undefined ? Infinity : preparationMs,
          ),
        );
      };
      const seen = lastSeenIn(activityInfo().heartbeatDetails);
      const observation = await whileBeating(
        () => (follower.progress.seconds > 0 ? follower.progress : (seen ?? follower.progress)),
        () => hardware.pool.occupy(runKey(input.node?.rank), gpuUuids, work),
      );
      return { ...observation, leases: leases.all };
    },
  };
}

export type TrainActivities = ReturnType<typeof createTrainActivities>;

async function trainHolding(
  own: HeldPower,
  follower: Follower,
  input: TrainInput,
  { gpus: ownGpus, trainer, underWay }: TrainHardware,
): Promise<Observation> {
  const { spec, decision, claim, node } = input;
  const { gpuUuids } = claim;
  const crew = node === undefined ? alone(own, ownGpus) : await lead(own, ownGpus, gpuUuids, node.hosts.length);
  const { power, gpus } = crew;
  if (decision.withheld?.level === 'shadow') {
    follower.leaveAlone(await limitInForce(ownGpus, gpuUuids));
  } else {
    const orders = await ordersBefore(spec);
    if (orders !== undefined) follower.obey(orders);
    await power.setPowerLimit(follower.limitWatts);
  }
  const ownMeter = await createMeter(gpus, gpuUuids);
  const { id, batchSize } = decision;
  const run = await trainer.start({ id, spec, batchSize, gpuUuids, node, terms: termsOf(decision) });
  const { meter, remark } = resumedMeter(ownMeter, run, lastSeenIn(activityInfo().heartbeatDetails));
  try {
    const steered = createSteeredRun(input, { run, follower, power });
    const { ending, reading } = await underWay.during(runKey(node?.rank), steered.steerable, () =>
      whileServerReachable((lost) => followRun({ run, follower, meter, power, decision, gpus: claim.gpus, lost })),
    );
    const observation = await crew.settled(observationOf(input, follower, remarked(ending, remark), reading));
    const grid = steered.gridRecord();
    return grid === undefined ? observation : { ...observation, grid };
  } finally {
    await run.stop();
  }
}

/** In the shadow, whatever was decided, the limit is not set. */
function termsOf({ powerLimitWatts, costCeilingJoules, objective, withheld }: Decision): RunTerms {
  const isSet = withheld?.level !== 'shadow';
  return { powerLimitWatts: isSet ? powerLimitWatts : null, eta: objective.eta, costCeilingJoules };
}

/** The highest of the run's GPUs, watts: somebody may have set one of them lower. */
async function limitInForce(gpus: GpuDriver, gpuUuids: readonly string[]): Promise<number> {
  return Math.max(...(await Promise.all(gpuUuids.map((uuid) => gpus.powerLimitWatts(uuid)))));
}

/** What an operator said to the run while an earlier attempt trained, which has taken it to its grave. */
async function ordersBefore({ job, trust }: JobSpec): Promise<RunOrders | undefined> {
  if (activityInfo().attempt === 1) return undefined;
  const bandit = getClient().workflow.getHandle(banditId(job));
  const book = await bandit.query(overrides).catch(() => undefined);
  return book && runOrdersOf(standingOf(activeAt(book.overrides, new Date().toISOString()), trust));
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

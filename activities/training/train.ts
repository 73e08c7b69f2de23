/**
 * One run, start to observation, in one activity that holds the GPUs from before the first change of a limit until after
 * the limits are put back.
 */
import { cancellationDetails, cancellationSignal, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Observation } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import { type JobSpec, failureTypes } from '../../workflows/contracts';
import { longestDetail } from '../../workflows/messages';
import type { Claim } from '../gpu/claim';
import type { GpuDriver } from '../gpu/driver';
import { type Meter, createMeter } from '../gpu/meter';
import type { Reading } from '../gpu/profile';
import { type Ending, Follower } from './follow';
import { probeOthers } from './probe';
import type { Trainer, TrainingEvent, TrainingRun } from './trainer';

export interface TrainInput {
  readonly spec: JobSpec;
  readonly slot: string;
  readonly attempt: number;
  readonly decision: Decision;
  readonly claim: Claim;
}

/** Also while the trainer is silent: an epoch may be long, and a cancellation arrives with a heartbeat. */
const heartbeatEveryMs = 1000;

export interface Hardware {
  readonly gpus: GpuDriver;
  readonly trainer: Trainer;
}

export function createTrainActivities({ gpus, trainer }: Hardware) {
  return {
    async train(input: TrainInput): Promise<Observation> {
      refuseForeignTrainer(input.spec, trainer);
      const { spec, decision, claim } = input;
      const { gpuUuids } = claim;
      const follower = new Follower({ decision, spec, gpus: claim.gpus });
      return whileBeating(follower, () =>
        withPriorLimits(gpus, gpuUuids, async (setLimit) => {
          await setLimit(follower.limitWatts);
          const meter = await createMeter(gpus, gpuUuids);
          const run = await trainer.start({ id: decision.id, spec, batchSize: decision.batchSize, gpuUuids });
          try {
            const { ending, reading } = await followToTheEnd({ run, follower, meter, setLimit, input });
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

type SetLimit = (watts: number) => Promise<void>;

/** Runs `work`, then puts every limit back to what it was before, whatever happened. */
async function withPriorLimits<T>(
  driver: GpuDriver,
  uuids: readonly string[],
  work: (setLimit: SetLimit) => Promise<T>,
): Promise<T> {
  const prior = await Promise.all(uuids.map(async (uuid) => ({ uuid, watts: await driver.powerLimitWatts(uuid) })));
  let current: number | undefined;
  try {
    return await work(async (watts) => {
      if (watts === current) return;
      await onEvery(uuids, (uuid) => driver.setPowerLimit(uuid, watts));
      current = watts;
    });
  } finally {
    await onEvery(prior, ({ uuid, watts }) => driver.setPowerLimit(uuid, watts));
  }
}

/** Waits for all, also where one is refused: a limit that is still being set must not land after the restore. */
async function onEvery<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const settled = await Promise.allSettled(items.map(work));
  for (const each of settled) if (each.status === 'rejected') throw each.reason;
}

interface Ended {
  readonly ending: Ending;
  readonly reading: Reading;
}

interface Held {
  readonly run: TrainingRun;
  readonly follower: Follower;
  readonly meter: Meter;
  readonly setLimit: SetLimit;
  readonly input: TrainInput;
}

async function followToTheEnd(held: Held): Promise<Ended> {
  const { run, follower, meter, setLimit } = held;
  let reading: Reading = { epochs: 0, seconds: 0, joules: 0 };
  let probing = true;
  for (;;) {
    const event = await nextUnlessStopped(run);
    if (event === undefined) return { ending: { outcome: 'operator', reachedEpochLimit: false }, reading };
    reading = { epochs: epochsAfter(event, reading), seconds: event.atSeconds, joules: await meter.joules() };
    const ending = follower.see(event, reading);
    if (ending !== undefined) return { ending, reading };
    await setLimit(follower.limitWatts);
    if (probing) probing = !(await probeOnce(held, reading));
  }
}

/** A trainer may report whole epochs only, and one that resumes from a checkpoint reports some twice. */
function epochsAfter(event: TrainingEvent, { epochs }: Reading): number {
  switch (event.kind) {
    case 'progress':
      return Math.max(epochs, event.epochs);
    case 'epoch':
      return Math.max(epochs, event.epoch);
    case 'failed':
      return epochs;
  }
}

/** Probes as soon as the run's own speed is known. Answers whether it did. */
async function probeOnce({ run, follower, meter, input }: Held, reading: Reading): Promise<boolean> {
  const running = follower.runningAt(reading);
  if (running === undefined) return false;
  const probed = await probeOthers(run, running, input.decision, input.claim.gpus);
  const seconds = probed.reduce((sum, probe) => sum + probe.seconds, reading.seconds);
  if (probed.length > 0) follower.notice(probed, { ...reading, seconds, joules: await meter.joules() });
  return true;
}

/** Undefined once somebody cancelled the recurrence. A worker that shuts down is no such thing: another one trains on. */
async function nextUnlessStopped(run: TrainingRun): Promise<TrainingEvent | undefined> {
  try {
    return await nextUnlessCancelled(run);
  } catch (error) {
    if (cancellationDetails()?.cancelRequested) return undefined;
    throw error;
  }
}

/** Not a race with `cancelled()`: over a long run, that promise would gather a reaction for every event. */
function nextUnlessCancelled(run: TrainingRun): Promise<TrainingEvent> {
  const signal = cancellationSignal();
  return new Promise((resolve, reject) => {
    const cancel = () => reject(signal.reason);
    if (signal.aborted) return cancel();
    signal.addEventListener('abort', cancel);
    run
      .next()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', cancel));
  });
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

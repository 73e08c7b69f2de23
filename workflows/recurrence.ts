/** One recurrence of a job: claim GPUs, ask, train, tell; once more if the run failed in a way that teaches. */
import {
  ActivityCancellationType,
  CancelledFailure,
  CancellationScope,
  isCancellation,
  proxyActivities,
  workflowInfo,
} from '@temporalio/workflow';
import { defineSearchAttributeKey, rootCause } from '@temporalio/common';
import type { BanditActivities } from '../activities/bandit';
import type { ClaimActivities } from '../activities/gpu/claim';
import type { TrainActivities, TrainInput } from '../activities/training/train';
import type { Observation } from '../policy/facts';
import type { JobSpec } from './contracts';
import { type AskRequest, type RecurrenceInput, type RecurrenceResult, askId, longestDetail, slotAt } from './messages';

/** A worker that died in the middle of it is noticed after this time; the next try joins the same update. */
const shortly = '20s';

const { ask, tell, giveUp } = proxyActivities<BanditActivities>({
  startToCloseTimeout: shortly,
  retry: { maximumInterval: '10s' },
});

export async function recurrence(input: RecurrenceInput): Promise<RecurrenceResult> {
  const { spec } = input;
  const slot = input.slot ?? nominalSlot();
  for (let attempt = 1; ; attempt++) {
    const run = await begin(spec, slot, attempt);
    const observation = await train(run);
    const { retry } = await CancellationScope.nonCancellable(() => tell(spec.job, observation));
    if (retry) continue;
    if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('stopped by an operator');
    return { job: spec.job, slot, attempts: attempt, observation };
  }
}

/** GPUs and a decision for one run. Where they are not to be had, the slot ends here, and says why. */
async function begin(spec: JobSpec, slot: string, attempt: number): Promise<TrainInput> {
  const { claimGpus } = proxyActivities<ClaimActivities>({
    // Where all GPUs are busy it waits on the host for a while, then the next host tries.
    startToCloseTimeout: '2m',
    heartbeatTimeout: shortly,
    scheduleToCloseTimeout: `${spec.lease}s`,
    retry: { maximumInterval: '1m' },
  });
  try {
    const claim = await claimGpus(spec);
    const request: AskRequest = { id: askId(slot, attempt), slot, attempt, gpus: claim.gpus };
    // Half an ask would leave a decision that nobody follows open until its lease ends.
    const decision = await CancellationScope.nonCancellable(() => ask(spec, request));
    return { spec, slot, attempt, decision, claim };
  } catch (error) {
    const failure = isCancellation(error) ? 'operator' : 'infrastructure';
    await CancellationScope.nonCancellable(() => giveUp(spec.job, { slot, failure, why: detailOf(error) }));
    throw error;
  }
}

/** Trains on the claimed host. A run that is lost or stopped is an observation like any other, not an exception. */
async function train(run: TrainInput): Promise<Observation> {
  const host = proxyActivities<TrainActivities>({
    taskQueue: run.claim.taskQueue,
    /** With every retry: when the lease is over, the bandit takes the run for lost. */
    scheduleToCloseTimeout: `${run.spec.lease}s`,
    /** A host that is gone is noticed after this time without a heartbeat. */
    heartbeatTimeout: '10s',
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { maximumAttempts: 3, maximumInterval: '30s' },
    summary: `batch size ${run.decision.batchSize}, ${run.decision.mode}`,
  });
  try {
    return await host.train(run);
  } catch (error) {
    return nothingLearned(run, isCancellation(error) ? 'operator' : 'infrastructure', detailOf(error));
  }
}

/** What such runs drew until they were lost is not known. */
function nothingLearned(run: TrainInput, outcome: 'operator' | 'infrastructure', detail: string): Observation {
  const { decision, slot, attempt, claim } = run;
  return {
    id: decision.id,
    slot,
    attempt,
    gpuModel: claim.gpus.model,
    batchSize: decision.batchSize,
    powerLimitWatts: decision.powerLimitWatts ?? 0,
    outcome,
    detail,
    epochs: 0,
    reachedEpochLimit: false,
    seconds: 0,
    joules: 0,
    measurements: [],
  };
}

/** The innermost cause says what happened; the failures around it say where. */
function detailOf(error: unknown): string {
  return (rootCause(error) ?? String(error)).slice(0, longestDetail);
}

const scheduledStartTime = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

/** The instant the Schedule meant; a recurrence that no Schedule started stands for its own start. */
function nominalSlot(): string {
  const info = workflowInfo();
  return slotAt(info.typedSearchAttributes.get(scheduledStartTime) ?? info.startTime);
}

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
import type { Claim, ClaimActivities } from '../activities/gpu/claim';
import type { TrainActivities, TrainInput } from '../activities/training/train';
import type { Observation } from '../policy/facts';
import { type RecurrenceInput, type RecurrenceResult, type TellAnswer, askId, slotAt } from './messages';

const { ask, tell } = proxyActivities<BanditActivities>({
  startToCloseTimeout: '1m',
  retry: { maximumInterval: '10s' },
});
const { claimGpus } = proxyActivities<ClaimActivities>({
  startToCloseTimeout: '1m',
  retry: { maximumInterval: '1m' },
});

export async function recurrence(input: RecurrenceInput): Promise<RecurrenceResult> {
  const { spec } = input;
  const slot = input.slot ?? nominalSlot();
  for (let attempt = 1; ; attempt++) {
    const claim = await claimGpus(spec);
    const decision = await ask(spec, { id: askId(slot, attempt), slot, attempt, gpus: claim.gpus });
    const observation = await trainOn(claim, { spec, slot, attempt, decision, claim });
    const { retry } = await report(spec.job, observation);
    if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('stopped by an operator');
    if (!retry) return { job: spec.job, slot, attempts: attempt, observation };
  }
}

/** Trains on the claimed host. A run that is lost or stopped is an observation like any other, not an exception. */
async function trainOn(claim: Claim, input: TrainInput): Promise<Observation> {
  const { train } = proxyActivities<TrainActivities>({
    taskQueue: claim.taskQueue,
    startToCloseTimeout: `${input.spec.lease}s`,
    /** A host that is gone is noticed after this time without a heartbeat. */
    heartbeatTimeout: '10s',
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: { maximumAttempts: 3, maximumInterval: '30s' },
    summary: `batch size ${input.decision.batchSize}, ${input.decision.mode}`,
  });
  try {
    return await train(input);
  } catch (error) {
    return nothingLearned(input, isCancellation(error) ? 'operator' : 'infrastructure', rootCause(error));
  }
}

/** The bandit hears of every run, also of one that is being cancelled. */
async function report(job: string, observation: Observation): Promise<TellAnswer> {
  return CancellationScope.nonCancellable(() => tell(job, observation));
}

function nothingLearned(input: TrainInput, outcome: 'operator' | 'infrastructure', detail?: string): Observation {
  const { decision, slot, attempt, claim } = input;
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

const scheduledStartTime = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

/** The instant the Schedule meant; a recurrence that no Schedule started stands for its own start. */
function nominalSlot(): string {
  const info = workflowInfo();
  return slotAt(info.typedSearchAttributes.get(scheduledStartTime) ?? info.startTime);
}

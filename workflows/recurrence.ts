/** One recurrence of a job: claim GPUs, ask, train, tell; once more if the run failed in a way that teaches. */
import {
  CancelledFailure,
  CancellationScope,
  isCancellation,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { BanditActivities } from '../activities/bandit';
import type { Claim } from '../activities/gpu/claim';
import type { TrainActivities, TrainInput } from '../activities/training/train';
import type { Observation } from '../policy/facts';
import { noOrders } from '../policy/override';
import { claimHosts, whole } from './claims';
import { descriptions } from './descriptions';
import { detailOf } from './detail';
import { trainOnFreeHosts } from './freeHosts';
import { onHost } from './hosts';
import { type AskRequest, type RecurrenceInput, type RecurrenceResult, askId, obey, slotAt } from './messages';
import { type Word, carrierTo } from './operatorsWord';
import { publish } from './publish';
import { endDetails, runDetails } from './recurrenceDetails';
import { beSearchedBy } from './searchAttributes';
import { startCarbonTimer } from './startCarbonTimer';

const { ask, tell, giveUp } = proxyActivities<BanditActivities>({
  // A worker that died in the middle of it is noticed after this time; the next try joins the same update.
  startToCloseTimeout: '20s',
  retry: { maximumInterval: '10s' },
});

export async function recurrence(input: RecurrenceInput): Promise<RecurrenceResult> {
  const { spec } = input;
  const slot = input.slot ?? nominalSlot();
  const word: Word = { orders: noOrders, carry: async () => {} };
  setHandler(
    obey,
    (orders) => {
      word.orders = orders;
      return word.carry();
    },
    { description: descriptions.obey },
  );
  const published: Promise<void>[] = [];
  try {
    for (let attempt = 1; ; attempt++) {
      // The decision of each attempt is made under what was said before it.
      word.orders = noOrders;
      const begun = await begin(input, slot, attempt);
      const observation = await train(begun, word);
      setCurrentDetails(endDetails(observation));
      const summary = `${observation.outcome}, run ${attempt}`;
      const { retry } = await CancellationScope.nonCancellable(() =>
        tell.executeWithOptions({ summary }, [spec.job, observation]),
      );
      published.push(publish(begun.run, observation));
      if (retry) continue;
      beSearchedBy(input.searchAttributes, { outcome: observation.outcome });
      if (CancellationScope.current().consideredCancelled) throw new CancelledFailure('stopped by an operator');
      return { job: spec.job, slot, attempts: attempt, observation };
    }
  } finally {
    await Promise.all(published);
  }
}

/** One run, and the GPUs for it by host. */
interface Begun {
  readonly run: TrainInput;
  readonly claims: readonly Claim[];
}

/** GPUs and a decision for one run. Where they are not to be had, the slot ends here, and says why. */
async function begin({ spec, searchAttributes }: RecurrenceInput, slot: string, attempt: number): Promise<Begun> {
  try {
    const claims = await claimHosts({ spec, slot });
    const claim = whole(claims);
    const grid = claim.grid === undefined ? {} : { grid: claim.grid };
    const { gpus, taskQueue } = claim;
    const request: AskRequest = { id: askId(slot, attempt), slot, attempt, gpus, taskQueue, ...grid };
    // Half an ask would leave a decision that nobody follows open until its lease ends.
    const summary = `slot ${slot}, run ${attempt}`;
    const decision = await CancellationScope.nonCancellable(() => ask.executeWithOptions({ summary }, [spec, request]));
    beSearchedBy(searchAttributes, { job: spec.job, gpuModel: claim.gpus.model, carbonZone: claim.grid?.zone });
    return { run: { spec, slot, attempt, decision, claim }, claims };
  } catch (error) {
    const failure = isCancellation(error) ? 'operator' : 'infrastructure';
    await CancellationScope.nonCancellable(() => giveUp(spec.job, { slot, failure, why: detailOf(error) }));
    beSearchedBy(searchAttributes, { job: spec.job, outcome: failure });
    throw error;
  }
}

/** Trains on the claimed hosts. A run that is lost or stopped is an observation like any other, not an exception. */
async function train({ run, claims }: Begun, word: Word): Promise<Observation> {
  const timer = startCarbonTimer(run);
  word.carry = carrierTo(run, word);
  setCurrentDetails(runDetails(run, word.orders));
  if (word.orders !== noOrders) void word.carry();
  try {
    if (claims.length > 1) return await trainOnFreeHosts(run, claims);
    const retry = { maximumAttempts: 3, maximumInterval: '30s' } as const;
    return await proxyActivities<TrainActivities>({ ...onHost(run, run.claim), retry }).train(run);
  } catch (error) {
    return nothingLearned(run, isCancellation(error) ? 'operator' : 'infrastructure', detailOf(error));
  } finally {
    timer?.cancel();
    word.carry = async () => {};
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

const scheduledStartTime = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

/** The instant the Schedule meant; a recurrence that no Schedule started stands for its own start. */
function nominalSlot(): string {
  const info = workflowInfo();
  return slotAt(info.typedSearchAttributes.get(scheduledStartTime) ?? info.startTime);
}

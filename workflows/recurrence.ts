/** One recurrence of a job: claim GPUs, ask, train, tell; once more if the run failed in a way that teaches. */
import {
  ActivityFailure,
  ApplicationFailure,
  CancelledFailure,
  CancellationScope,
  ParentClosePolicy,
  executeChild,
  isCancellation,
  log,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import { WorkflowIdReusePolicy, defineSearchAttributeKey, rootCause } from '@temporalio/common';
import type { BanditActivities } from '../activities/bandit';
import type { Claim, ClaimActivities } from '../activities/gpu/claim';
import type { PublishActivities } from '../activities/mlflow/publish';
import type { ObeyActivities } from '../activities/training/obey';
import type { TrainActivities, TrainInput } from '../activities/training/train';
import type { Observation } from '../policy/facts';
import { type RunOrders, noOrders } from '../policy/override';
import { descriptions } from './descriptions';
import { onHost, trainOnHosts } from './hosts';
import { endDetails, runDetails } from './recurrenceDetails';
import { beSearchedBy } from './searchAttributes';
import { claimsQueue } from './taskQueues';
import {
  type AskRequest,
  type CarbonTimerInput,
  type RecurrenceInput,
  type RecurrenceResult,
  askId,
  carbonTimerId,
  carbonTimerWorkflow,
  longestDetail,
  obey,
  runKeyOf,
  slotAt,
} from './messages';

/** A worker that died in the middle of it is noticed after this time; the next try joins the same update. */
const shortly = '20s';

const { ask, tell, giveUp } = proxyActivities<BanditActivities>({
  startToCloseTimeout: shortly,
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

/** The operator's word to this recurrence, and how it gets to the host that trains now. */
interface Word {
  orders: RunOrders;
  carry: () => Promise<void>;
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

/** GPUs of one model on each host, one host after the other. */
async function claimHosts(of: Pick<TrainInput, 'spec' | 'slot'>, only?: string): Promise<readonly Claim[]> {
  const { spec, slot } = of;
  const leading = { rank: 0, besides: [], ...(spec.carbon === undefined ? {} : { slot }) };
  const { claimGpus } = proxyActivities<ClaimActivities>({
    taskQueue: claimsQueue(workflowInfo().taskQueue),
    // Where all GPUs are busy it waits on the host for a while, then the next host tries.
    startToCloseTimeout: '2m',
    heartbeatTimeout: shortly,
    scheduleToCloseTimeout: `${spec.lease}s`,
    retry: { maximumInterval: '1m' },
    summary: `${spec.gpus.count} GPU(s) for slot ${slot}`,
  });
  const claims = [await claimGpus(spec, only === undefined ? leading : { ...leading, model: only })];
  for (let rank = 1; rank < (spec.gpus.hosts ?? 1); rank++) {
    const besides = claims.flatMap(({ host }) => (host === undefined ? [] : [host]));
    const model = claims[0]?.gpus.model;
    claims.push(await claimGpus(spec, { rank, besides, ...(model === undefined ? {} : { model }) }));
  }
  return claims;
}

/** The claim of the leading host, with the GPUs of all: one limit holds on every one of them. */
function whole(claims: readonly Claim[]): Claim {
  const [leader, ...others] = claims;
  if (leader === undefined) throw new Error('a run needs a host');
  const { gpus } = leader;
  const powerLimitsWatts = gpus.powerLimitsWatts.filter((watts) =>
    others.every((other) => other.gpus.powerLimitsWatts.includes(watts)),
  );
  return { ...leader, gpus: { ...gpus, count: gpus.count * claims.length, powerLimitsWatts } };
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

/** For whoever looks at runs elsewhere. Whatever becomes of it, the recurrence is what it is. */
async function publish({ spec, decision, claim }: TrainInput, observation: Observation): Promise<void> {
  if (claim.publishes !== true) return;
  const { job, target } = spec;
  const { leases: _, ...measured } = observation;
  const told = { job, target, decision, gpus: claim.gpus, observation: measured };
  const { publish: publishThere } = proxyActivities<PublishActivities>({
    taskQueue: claim.taskQueue,
    startToCloseTimeout: '1m',
    scheduleToCloseTimeout: '2m',
    retry: { maximumInterval: '20s' },
    summary: 'to MLflow',
  });
  try {
    await CancellationScope.nonCancellable(() => publishThere(told));
  } catch (error) {
    log.warn('the run was not published', { why: detailOf(error) });
  }
}

/** The run may be on its way to its GPUs still; once it has ended, nobody waits for it. */
function carrierTo(run: TrainInput, word: Word): () => Promise<void> {
  const { obeyRun } = proxyActivities<ObeyActivities>({
    taskQueue: run.claim.taskQueue,
    startToCloseTimeout: '30s',
    scheduleToCloseTimeout: '2m',
    retry: { initialInterval: '250ms', maximumInterval: '5s' },
    summary: 'the operator’s word',
  });
  return async () => {
    setCurrentDetails(runDetails(run, word.orders));
    try {
      await obeyRun(runKeyOf(workflowInfo().workflowId), word.orders);
    } catch (error) {
      log.warn('the operator’s word did not reach the run', { why: detailOf(error) });
    }
  };
}

/** On the host that trains, while it trains. Whatever becomes of the timer, the run goes on at the limit that it holds. */
function startCarbonTimer({ decision, claim, attempt }: TrainInput): CancellationScope | undefined {
  if (decision.grid?.kind !== 'timer') return undefined;
  const { workflowId } = workflowInfo();
  const { steering } = decision.grid;
  const scope = new CancellationScope();
  const input: CarbonTimerInput = { run: runKeyOf(workflowId), steering, heldWatts: decision.powerLimitWatts };
  void scope
    .run(() =>
      executeChild(carbonTimerWorkflow, {
        workflowId: carbonTimerId(workflowId, attempt),
        taskQueue: claim.taskQueue,
        staticSummary: 'weighs time against energy while the run trains',
        parentClosePolicy: ParentClosePolicy.TERMINATE,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
        args: [input],
      }),
    )
    .catch((error: unknown) => {
      if (!isCancellation(error)) log.warn('the carbon timer ended; the run goes on', { why: detailOf(error) });
    });
  return scope;
}

/**
 * Two runs that each hold a part of what both need both give up soon; one of them comes back first.
 */
async function trainOnFreeHosts(run: TrainInput, claims: readonly Claim[]): Promise<Observation> {
  for (let tries = 1; ; tries++) {
    try {
      return await trainOnHosts(run, claims);
    } catch (error) {
      if (!isGpuBusy(error) || tries === mostTries) throw error;
    }
    await sleep(5000 + Math.random() * 25_000, { summary: 'until GPUs that another run holds are free' });
    claims = await claimHosts(run, run.claim.gpus.model);
  }
}

const mostTries = 20;

function isGpuBusy(error: unknown): boolean {
  return (
    error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.type === 'GpuBusy'
  );
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

/**
 * One run over several hosts: all hold their GPUs before any trains, one leads and the others set the limits that it sets. When
 * one fails all end, and each puts its own limits back.
 */
import {
  ActivityCancellationType,
  CancellationScope,
  condition,
  isCancellation,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';
import type { AccompanyActivities } from '../activities/training/accompany';
import type { Claim } from '../activities/gpu/claim';
import type { TrainActivities, TrainInput } from '../activities/training/train';
import type { Observation } from '../policy/facts';
import { descriptions } from './descriptions';
import { holdOnCompanions, prepared } from './messages';

/** How the activities of a run are to be run on their host. */
export function onHost({ spec, decision }: TrainInput, { taskQueue }: Claim) {
  return {
    taskQueue,
    /** With every retry: when the lease is over, the bandit takes the run for lost. */
    scheduleToCloseTimeout: `${spec.lease}s`,
    /** Nobody else serves this queue: a host that does not come back must not hold the slot for ever. */
    scheduleToStartTimeout: '15m',
    // Absent from jobs of version 0.1.
    heartbeatTimeout: `${spec.heartbeatTimeout ?? 10}s`,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    summary: `batch size ${decision.batchSize}, ${decision.mode}`,
  } as const;
}

/** `claims` by rank. @throws what went wrong on the host that failed first */
export async function trainOnHosts(run: TrainInput, claims: readonly Claim[]): Promise<Observation> {
  const [leader, ...companions] = claims.map((claim, rank) => ({
    claim,
    input: { ...run, claim, node: { rank, hosts: claims.map(({ host }) => host ?? '') } },
  }));
  if (leader === undefined) throw new Error('a run needs a host');
  const once = { retry: { maximumAttempts: 1 } };
  const ready = new Set<number>();
  setHandler(prepared, (rank) => void ready.add(rank), { description: descriptions.prepared });
  const scope = new CancellationScope();
  // A host that died must not keep the leading one waiting for its answer.
  const holdOn = ({ claim: { taskQueue }, input: { node } }: (typeof companions)[number], watts: number | null) =>
    proxyActivities<AccompanyActivities>({
      taskQueue,
      startToCloseTimeout: '30s',
      scheduleToCloseTimeout: '1m',
      retry: { initialInterval: '200ms' },
      summary: watts === null ? 'what was drawn there' : `hold ${watts} W`,
    }).holdHere(node.rank, watts);
  setHandler(
    holdOnCompanions,
    (watts) => scope.run(() => Promise.all(companions.map((companion) => holdOn(companion, watts)))),
    { description: descriptions.holdOnCompanions },
  );
  let failure: unknown;
  const fail = (error: unknown) => {
    failure ??= error;
    scope.cancel();
  };
  return scope.run(async () => {
    const accompanying = companions.map(({ claim, input }) =>
      proxyActivities<AccompanyActivities>({ ...onHost(run, claim), ...once })
        .accompany(input)
        .catch(fail),
    );
    try {
      await condition(() => ready.size === companions.length);
      // What the leader brings home counts, also where the others broke when it had what it wanted.
      const led = proxyActivities<TrainActivities>({ ...onHost(run, leader.claim), ...once });
      const observation = await led.train({ ...leader.input, claim: { ...leader.claim, gpus: run.claim.gpus } });
      if (failure === undefined || observation.outcome !== 'operator') return observation;
      throw failure;
    } catch (error) {
      throw isCancellation(error) ? (failure ?? error) : error;
    } finally {
      scope.cancel();
      await CancellationScope.nonCancellable(() => Promise.all(accompanying));
    }
  });
}

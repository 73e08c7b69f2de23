/** The GPUs of one run, claimed on the task queue of hosts that have a free one. */
import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { Claim, ClaimActivities } from '../activities/gpu/claim';
import type { TrainInput } from '../activities/training/train';
import { claimsQueue } from './taskQueues';

/** GPUs of one model on each host, one host after the other. */
export async function claimHosts(of: Pick<TrainInput, 'spec' | 'slot'>, only?: string): Promise<readonly Claim[]> {
  const { spec, slot } = of;
  const leading = { rank: 0, besides: [], ...(spec.carbon === undefined ? {} : { slot }) };
  const { claimGpus } = proxyActivities<ClaimActivities>({
    taskQueue: claimsQueue(workflowInfo().taskQueue),
    // Where all GPUs are busy it waits on the host for a while, then the next host tries.
    startToCloseTimeout: '2m',
    heartbeatTimeout: '20s',
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
export function whole(claims: readonly Claim[]): Claim {
  const [leader, ...others] = claims;
  if (leader === undefined) throw new Error('a run needs a host');
  const { gpus } = leader;
  const powerLimitsWatts = gpus.powerLimitsWatts.filter((watts) =>
    others.every((other) => other.gpus.powerLimitsWatts.includes(watts)),
  );
  return { ...leader, gpus: { ...gpus, count: gpus.count * claims.length, powerLimitsWatts } };
}

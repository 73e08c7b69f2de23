/** Two runs that each hold a part of what both need both give up soon; one of them comes back first. */
import { ActivityFailure, ApplicationFailure, sleep } from '@temporalio/workflow';
import type { Claim } from '../activities/gpu/claim';
import type { TrainInput } from '../activities/training/train';
import type { Observation } from '../policy/facts';
import { claimHosts } from './claims';
import { trainOnHosts } from './hosts';

const mostTries = 20;

export async function trainOnFreeHosts(run: TrainInput, claims: readonly Claim[]): Promise<Observation> {
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

function isGpuBusy(error: unknown): boolean {
  return (
    error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.type === 'GpuBusy'
  );
}

/** Finds GPUs of one model on this host for a run. */
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Gpus } from '../../policy/facts';
import { type JobSpec, failureTypes } from '../../workflows/contracts';
import type { Gpu, GpuDriver } from './driver';

/** GPUs for one run, and the task queue of the host that has them. */
export interface Claim {
  readonly taskQueue: string;
  readonly gpus: Gpus;
  readonly gpuUuids: readonly string[];
}

export function createClaimActivities(driver: GpuDriver) {
  return {
    async claimGpus(spec: JobSpec): Promise<Claim> {
      const { count } = spec.gpus;
      const chosen = ofOneModel(await driver.list())
        .find((group) => group.length >= count)
        ?.slice(0, count);
      const first = chosen?.[0];
      if (chosen === undefined || first === undefined) throw tooFew(spec);
      return {
        taskQueue: activityInfo().taskQueue,
        gpus: { model: first.model, count, powerLimitsWatts: first.powerLimitsWatts },
        gpuUuids: chosen.map(({ uuid }) => uuid),
      };
    },
  };
}

export type ClaimActivities = ReturnType<typeof createClaimActivities>;

function ofOneModel(gpus: readonly Gpu[]): readonly (readonly Gpu[])[] {
  const models = new Set(gpus.map(({ model }) => model));
  return [...models].map((model) => gpus.filter((gpu) => gpu.model === model));
}

function tooFew(spec: JobSpec): ApplicationFailure {
  return ApplicationFailure.nonRetryable(
    `Cannot claim ${spec.gpus.count} GPUs of one model for job ${spec.job}: this host has fewer; lower gpus.count.`,
    failureTypes.unsuitableHost,
  );
}

/**
 * A simulated trainer: replays a world (recorded traces) on simulated GPUs, in its own time. A run advances by ticks;
 * `speed` simulated seconds pass in one real second. The same run id always gives the same run.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import { createRandom, seedFor } from '../../policy/random';
import type { World } from '../../simulation/world';
import { type JobSpec, failureTypes } from '../../workflows/contracts';
import type { SimulatedGpus } from '../gpu/simulated';
import type { Probe, RunRequest, Trainer, TrainingEvent, TrainingRun } from './trainer';

export interface SimulatedTrainerOptions {
  /** Worlds of one GPU model; a job's `trainer.dataset` names the one it trains in. */
  readonly worlds: readonly World[];
  readonly gpus: SimulatedGpus;
  /** Simulated seconds per real second. */
  readonly speed: number;
}

/** Progress is reported this many times an epoch: enough to profile a dozen limits within one. */
const ticksPerEpoch = 32;
/** Real sleeps shorter than this cost more than they pace. */
const shortestSleepMs = 20;
/** A probe runs this long, as a dozen steps and their warm-up would. */
const probeSeconds = 3;

export function createSimulatedTrainer(options: SimulatedTrainerOptions): Trainer {
  return {
    kind: 'simulated',
    async start(request) {
      const world = worldFor(options.worlds, request.spec);
      refuseUnrecorded(request, world);
      return createRun(request, world, options);
    },
  };
}

function createRun(request: RunRequest, world: World, { gpus, speed }: SimulatedTrainerOptions): TrainingRun {
  const { batchSize, gpuUuids, spec } = request;
  const target = world.drawEpochs(batchSize, createRandom(seedFor(`${spec.job}/${request.id}/run`)));
  let ticks = 0;
  let seconds = 0;
  let owedMs = 0;
  let evaluated = 0;

  async function pass(duration: number, watts: number): Promise<void> {
    seconds += duration;
    for (const uuid of gpuUuids) gpus.draw(uuid, (watts * duration) / gpuUuids.length);
    owedMs += (duration / speed) * 1000;
    if (owedMs < shortestSleepMs) return;
    const ms = owedMs;
    owedMs = 0;
    await sleep(ms);
  }

  async function speedAt(size: number) {
    const [uuid = ''] = gpuUuids;
    return world.measure(size, await gpus.powerLimitWatts(uuid));
  }

  async function next(): Promise<TrainingEvent> {
    const epoch = Math.floor(ticks / ticksPerEpoch);
    if (epoch > evaluated) {
      evaluated = epoch;
      return { kind: 'epoch', epoch, metric: metricAfter(epoch, target, spec), atSeconds: seconds };
    }
    const { secondsPerEpoch, averageWatts } = await speedAt(batchSize);
    await pass(secondsPerEpoch / ticksPerEpoch, averageWatts);
    ticks += 1;
    return { kind: 'progress', epochs: ticks / ticksPerEpoch, atSeconds: seconds };
  }

  async function probe(size: number): Promise<Probe> {
    const { secondsPerEpoch, averageWatts } = await speedAt(size);
    await pass(probeSeconds, averageWatts);
    return { kind: 'timed', seconds: probeSeconds, secondsPerEpoch };
  }

  return { next, probe, stop: async () => {} };
}

/** The recordings say when the target was reached, not how: the metric approaches it in a straight line. */
function metricAfter(epoch: number, targetEpoch: number | null, { target, maxEpochs }: JobSpec): number {
  const share = Math.min(1, epoch / (targetEpoch ?? 2 * maxEpochs));
  return target.direction === 'atLeast' ? target.value * share : target.value * (2 - share);
}

function worldFor(worlds: readonly World[], spec: JobSpec): World {
  const wanted = spec.trainer['dataset'];
  const world = worlds.find(({ job }) => job.id === wanted);
  if (world !== undefined) return world;
  throw ApplicationFailure.nonRetryable(
    `Cannot train job ${spec.job} on dataset ${String(wanted)}: this worker simulates ${worlds.map(({ job }) => job.id).join(', ')}; mend trainer.dataset.`,
    failureTypes.invalidRequest,
  );
}

/** All sizes of the job, not only this run's: others are probed, and a later run should not be the first to fail. */
function refuseUnrecorded({ batchSize, spec }: RunRequest, { job }: World): void {
  const unrecorded = [batchSize, ...spec.batchSizes].filter((size) => !job.batchSizes.includes(size));
  if (unrecorded.length === 0) return;
  throw ApplicationFailure.nonRetryable(
    `Cannot train job ${spec.job} at batch size ${unrecorded.join(', ')}: ${job.id} is recorded at ${job.batchSizes.join(', ')}; mend batchSizes.`,
    failureTypes.invalidRequest,
  );
}

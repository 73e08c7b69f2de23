/** A worker's configuration: file → adapters. The only place that switches on `kind`. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { holdInMemory } from '../activities/gpu/hold';
import { createSimulatedGpus } from '../activities/gpu/simulated';
import type { Hardware } from '../activities/hardware';
import { createSimulatedTrainer } from '../activities/training/simulated';
import { loadTraces } from '../simulation/traces';
import { defaultTaskQueue } from './client';
import { WattbanditError } from './errors';

const simulated = z.strictObject({
  kind: z.literal('simulated'),
  /** GPU model of the recordings, as in `summary_power_<gpu>.csv`. */
  gpu: z.string().min(1),
  /** Directory of the recordings; those of Zeus unless given. */
  traces: z.string().min(1).optional(),
  count: z.int().min(1).max(64).default(1),
  /** Simulated seconds per real second. */
  speed: z.number().positive().default(1),
});

export const workerConfigSchema = z.strictObject({
  version: z.literal(1),
  taskQueue: z.string().min(1).default(defaultTaskQueue),
  hardware: z.discriminatedUnion('kind', [simulated]),
});

export type WorkerConfig = z.output<typeof workerConfigSchema>;

/** Zeus's recordings, as packaged. */
export const packagedTraces = join(packageRoot(__dirname), 'data', 'zeus');

/** @throws WattbanditError `invalid` for recordings that cannot be read or hold no job */
export function hardwareFor(config: WorkerConfig): Hardware {
  const { hardware } = config;
  switch (hardware.kind) {
    case 'simulated':
      return simulatedHardware(hardware);
  }
}

function simulatedHardware({ gpu, traces, count, speed }: z.output<typeof simulated>): Hardware {
  const worlds = loadTraces(traces ?? packagedTraces, gpu);
  const [first] = worlds;
  if (first === undefined) throw new WattbanditError('invalid', `Cannot simulate GPU ${gpu}: its traces hold no job.`);
  const limits = new Set(worlds.flatMap(({ gpus }) => gpus.powerLimitsWatts));
  const gpus = createSimulatedGpus({
    model: first.gpus.model,
    count,
    powerLimitsWatts: [...limits].sort((a, b) => a - b),
  });
  return { gpus, trainer: createSimulatedTrainer({ worlds, gpus, speed }), holder: holdInMemory(gpus) };
}

/** This file runs from the sources and from `dist`; data lies beside package.json. */
function packageRoot(directory: string): string {
  return existsSync(join(directory, 'package.json')) ? directory : packageRoot(dirname(directory));
}

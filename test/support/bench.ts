/** A worker with wattbandit's plugin and simulated hardware, and a job that no other test uses. */
import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { holdInMemory } from '../../activities/gpu/hold';
import { createSimulatedGpus } from '../../activities/gpu/simulated';
import type { Hardware } from '../../activities/hardware';
import { createSimulatedTrainer } from '../../activities/training/simulated';

import { loadTraces } from '../../simulation/traces';
import { JobClient } from '../../worker/client';
import { packagedTraces } from '../../worker/packaged';
import { WattbanditPlugin, type WattbanditPluginOptions } from '../../worker/plugin';
import { banditId } from '../../workflows/messages';
import { type TestWorker, testBundle, testWorker } from './temporal';

export interface Bench {
  readonly client: Client;
  readonly jobs: JobClient;
  readonly taskQueue: string;
  readonly job: string;
  readonly bandit: () => WorkflowHandle;
}

/** Fast enough that a run of hours takes milliseconds. */
export function simulatedHardware(): Hardware {
  const worlds = loadTraces(packagedTraces, 'v100');
  const gpus = createSimulatedGpus(worlds[0]!.gpus);
  return { gpus, trainer: createSimulatedTrainer({ worlds, gpus, speed: 1e6 }), holder: holdInMemory(gpus) };
}

export async function onBench(
  hardware: WattbanditPluginOptions,
  test: (bench: Bench) => Promise<void>,
  limitSeconds?: number,
): Promise<void> {
  const job = `job-${randomUUID().slice(0, 8)}`;
  const plugins = [new WattbanditPlugin(hardware)];
  const use = ({ client, taskQueue }: TestWorker) => {
    const bandit = () => client.workflow.getHandle(banditId(job));
    return test({ client, jobs: new JobClient(client, { taskQueue }), taskQueue, job, bandit });
  };
  await testWorker({ plugins, workflowBundle: testBundle() }, use, limitSeconds);
}

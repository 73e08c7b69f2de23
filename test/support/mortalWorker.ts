/** A worker in a process of its own, to be killed: `<address> <task queue> <bundle>`. A run takes it about a second. */
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { holdInMemory } from '../../activities/gpu/hold';
import { createSimulatedGpus } from '../../activities/gpu/simulated';
import { createSimulatedTrainer } from '../../activities/training/simulated';
import { loadTraces } from '../../simulation/traces';
import { packagedTraces } from '../../worker/packaged';
import { WattbanditPlugin } from '../../worker/plugin';

const [address, taskQueue = '', codePath = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const worlds = loadTraces(packagedTraces, 'v100');
  const gpus = createSimulatedGpus(worlds[0]!.gpus);
  const trainer = createSimulatedTrainer({ worlds, gpus, speed: 5000 });
  const worker = await Worker.create({
    connection: await NativeConnection.connect({ address }),
    taskQueue,
    workflowBundle: { codePath },
    plugins: [new WattbanditPlugin({ gpus, trainer, holder: holdInMemory(gpus) })],
    // Nobody waits for the dead longer than need be.
    stickyQueueScheduleToStartTimeout: '1s',
    maxHeartbeatThrottleInterval: '250ms',
  });
  console.log('ready');
  await worker.run();
}

void main();

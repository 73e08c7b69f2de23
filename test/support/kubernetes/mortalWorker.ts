/**
 * A worker that trains in Kubernetes, in a process of its own, to be killed: `<address> <task queue> <bundle> <kubeconfig>`. Its GPU
 * draws 100 W for ever, on a counter that outlives the worker as a driver's does.
 */
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { GpuDriver } from '../../../activities/gpu/driver';
import { holdInMemory } from '../../../activities/gpu/hold';
import { createSimulatedGpus } from '../../../activities/gpu/simulated';
import { createKubernetesTrainer } from '../../../activities/training/kubernetes/kubernetes';
import { openCluster } from '../../../activities/training/kubernetes/openCluster';
import { WattbanditPlugin } from '../../../worker/plugin';

const [address, taskQueue = '', codePath = '', kubeconfig = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const simulated = createSimulatedGpus({ model: 'v100', count: 1, powerLimitsWatts: [100, 250] });
  const gpus: GpuDriver = { ...simulated, energyJoules: async () => Date.now() / 10 };
  const cluster = await openCluster({ kubeconfig, namespace: 'training' });
  const placement = { node: 'node-a', gpus: 'visibleDevices', gpuResource: 'nvidia.com/gpu' } as const;
  const trainer = createKubernetesTrainer({ cluster, gpus, placement });
  const worker = await Worker.create({
    connection: await NativeConnection.connect({ address }),
    taskQueue,
    workflowBundle: { codePath },
    plugins: [new WattbanditPlugin({ gpus, trainer, holder: holdInMemory(gpus), host: 'node-a' })],
    // Nobody waits for the dead longer than need be.
    stickyQueueScheduleToStartTimeout: '1s',
    maxHeartbeatThrottleInterval: '250ms',
  });
  console.log('ready');
  await worker.run();
}

void main();

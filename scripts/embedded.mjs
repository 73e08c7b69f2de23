/** A Temporal server in memory for one script, with the compiled sources and a simulated V100 to run on it. */
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

const require = createRequire(import.meta.url);
/** A compiled module by its path in the sources. */
export const compiled = (path) => require(join(root, 'dist', path));

export const hour = (n) => new Date(Date.UTC(2021, 6, 1, n));

/** A small CIFAR-100 job on Zeus's recordings. */
export const cifar = (changes) =>
  compiled('worker').jobSpecSchema.parse({
    version: 1,
    batchSizes: [64, 128, 256, 512, 1024],
    defaultBatchSize: 1024,
    maxEpochs: 100,
    target: { metric: 'accuracy', value: 0.6 },
    trainer: { kind: 'simulated', dataset: 'cifar100' },
    ...changes,
  });

/** Everything that runs faster than anybody could train. */
export function simulatedHardware() {
  const { createSimulatedGpus, createSimulatedTrainer } = compiled('worker');
  const worlds = compiled('simulation/traces').loadTraces(join(root, 'data', 'zeus'), 'v100');
  const gpus = createSimulatedGpus(worlds[0].gpus);
  return { gpus, worlds, trainer: createSimulatedTrainer({ worlds, gpus, speed: 1e6 }) };
}

/** Runs `use({ client, address, binary, withWorker })` on a server of its own. */
export async function onServer(dynamicConfig, use) {
  await prepare();
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const { obtainBinary } = compiled('worker/serverBinary');
  const { startServer } = compiled('worker/serverProcess');
  const directory = mkdtempSync(join(tmpdir(), 'wattbandit-'));
  const { path: binary } = await obtainBinary({ directory: join(root, '.wattbandit'), env: process.env });
  let pid;
  const options = { binary, directory, namespace: 'default', ui: false, dynamicConfig };
  const { address } = await startServer(options, async (launched) => {
    pid = launched.pid;
  });
  try {
    const [connection, native] = await Promise.all([
      Connection.connect({ address }),
      NativeConnection.connect({ address }),
    ]);
    const client = new Client({ connection });
    await use({
      client,
      address,
      binary,
      withWorker: (hardware, work) => withWorker({ client, native }, hardware, work),
    });
    await Promise.all([connection.close(), native.close()]);
  } finally {
    process.kill(pid);
    rmSync(directory, { recursive: true, force: true });
  }
}

async function withWorker({ client, native }, { maxCachedWorkflows, ...hardware }, work) {
  const { JobClient, WattbanditPlugin } = compiled('worker');
  const plugins = [new WattbanditPlugin(hardware)];
  const worker = await Worker.create({ connection: native, taskQueue: 'script', plugins, maxCachedWorkflows });
  await worker.runUntil(work(new JobClient(client, { taskQueue: 'script' })));
}

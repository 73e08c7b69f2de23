/**
 * Records histories for the replay corpus, from the compiled sources on a server of their own: `node
 * scripts/recordHistories.mjs v0.1`. Adds files under test/replay/histories/<version>; refuses to change what is there.
 */
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare, root } from './prepare.mjs';

const version = process.argv[2];
if (!/^v\d+\.\d+$/.test(version ?? '')) throw new Error('usage: node scripts/recordHistories.mjs v<major>.<minor>');
const folder = join(root, 'test', 'replay', 'histories', version);
if (existsSync(folder)) throw new Error(`Cannot record ${version}: it is recorded already, and the corpus only grows`);

await prepare();
const require = createRequire(import.meta.url);
const dist = (path) => require(join(root, 'dist', path));
const { obtainBinary } = dist('worker/serverBinary');
const { launchServer, waitUntilAnswering } = dist('worker/serverProcess');
const { JobClient, WattbanditPlugin, createSimulatedGpus, createSimulatedTrainer, jobSpecSchema } = dist('worker');
const { loadTraces } = dist('simulation/traces');
const messages = dist('workflows/messages');

const directory = mkdtempSync(join(tmpdir(), 'wattbandit-record-'));
const state = join(root, '.wattbandit');
const { path: binary } = await obtainBinary({ directory: state, env: process.env });
const dynamicConfig = { 'limit.historyCount.suggestContinueAsNew': 80 };
const launched = await launchServer({ binary, directory, namespace: 'default', ui: false, dynamicConfig });
await waitUntilAnswering(launched);
const { address } = launched.record;
const connection = await Connection.connect({ address });
const client = new Client({ connection });
const native = await NativeConnection.connect({ address });
const histories = {};

const spec = (changes) =>
  jobSpecSchema.parse({
    version: 1,
    batchSizes: [64, 128, 256, 512, 1024],
    defaultBatchSize: 1024,
    maxEpochs: 100,
    target: { metric: 'accuracy', value: 0.6 },
    trainer: { kind: 'simulated', dataset: 'cifar100' },
    ...changes,
  });
const hour = (n) => new Date(Date.UTC(2021, 6, 1, n));
const worlds = loadTraces(join(root, 'data', 'zeus'), 'v100');
const gpus = createSimulatedGpus(worlds[0].gpus);
const trainer = createSimulatedTrainer({ worlds, gpus, speed: 1e6 });
/** Every way a run can go, by batch size. */
const eventful = {
  kind: 'simulated',
  async start(request) {
    if (request.batchSize === 512)
      return { next: () => Promise.reject(new Error('the disk is full')), stop: async () => {} };
    if (request.batchSize < 1024) return trainer.start(request);
    const next = async () => ({ kind: 'failed', failure: 'outOfMemory', detail: 'no room', atSeconds: 1 });
    return { next, stop: async () => {} };
  },
};
const endless = { kind: 'simulated', start: async () => ({ next: () => new Promise(() => {}), stop: async () => {} }) };

await withWorker(trainer, async (jobs) => {
  const learning = spec({ job: 'learning' });
  for (let n = 0; n < 12; n++) await finish(await jobs.startRecurrence(learning, hour(n)));
  await keep('recurrence-converged', messages.recurrenceId('learning', messages.slotAt(hour(3))));
  await keepChain('bandit-learning', messages.banditId('learning'));
  const zeus = spec({ job: 'zeus', policy: { name: 'zeus' }, objective: { eta: 1 } });
  await jobs.create(zeus, { paused: true });
  await jobs.backfill('zeus', hour(0), hour(6));
  await until(async () => (await jobs.ledger('zeus')).totals.slots.ran >= 6);
  await jobs.delete('zeus');
  await client.workflow.getHandle(messages.banditId('zeus')).result();
  await keepChain('bandit-zeus-retired', messages.banditId('zeus'));
});
await withWorker(eventful, async (jobs) => {
  const slots = [0, 1, 4].map(hour);
  for (const at of slots) await finish(await jobs.startRecurrence(spec({ job: 'eventful', attempts: 5 }), at));
  for (const [i, at] of slots.entries())
    await keep(`recurrence-eventful-${i}`, messages.recurrenceId('eventful', messages.slotAt(at)));
  await keepChain('bandit-eventful', messages.banditId('eventful'));
});
await withWorker(endless, async (jobs) => {
  const handle = await jobs.startRecurrence(spec({ job: 'stopped' }), hour(0));
  await until(async () => (await jobs.ledger('stopped').catch(() => undefined))?.slots.length === 1);
  await handle.cancel();
  await finish(handle);
  await keep('recurrence-stopped', handle.workflowId);
});

mkdirSync(folder, { recursive: true });
for (const [name, history] of Object.entries(histories)) {
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(history));
  console.log(name, history.events.length, 'events');
}
await connection.close();
await native.close();
launched.child.kill();
rmSync(directory, { recursive: true, force: true });

async function withWorker(running, use) {
  const plugins = [new WattbanditPlugin({ gpus, trainer: running })];
  const worker = await Worker.create({ connection: native, taskQueue: 'record', plugins });
  await worker.runUntil(use(new JobClient(client, { taskQueue: 'record' })));
}

async function finish(handle) {
  await handle.result().catch((error) => console.log(handle.workflowId, error.message));
}

async function until(condition) {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 100));
}

async function keep(name, workflowId, runId) {
  const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  histories[name] = JSON.parse(historyToJSON(history));
}

/** Every run of a workflow that continued as new is a history of its own. */
async function keepChain(name, workflowId) {
  const runs = [];
  for await (const run of client.workflow.list({ query: `WorkflowId = "${workflowId}"` })) runs.push(run);
  runs.sort((a, b) => a.startTime - b.startTime);
  for (const [i, { runId }] of runs.entries()) await keep(`${name}-run${i + 1}`, workflowId, runId);
}

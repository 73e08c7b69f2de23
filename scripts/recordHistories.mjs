/**
 * Records histories for the replay corpus, from the compiled sources on a server of their own: `node
 * scripts/recordHistories.mjs v0.1`. Adds files under test/replay/histories/<version>; refuses to change what is there.
 */
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cifar, compiled, hour, onServer, simulatedHardware } from './embedded.mjs';
import { root } from './prepare.mjs';

const version = process.argv[2];
if (!/^v\d+\.\d+$/.test(version ?? '')) throw new Error('usage: node scripts/recordHistories.mjs v<major>.<minor>');
const folder = join(root, 'test', 'replay', 'histories', version);
if (existsSync(folder)) throw new Error(`Cannot record ${version}: it is recorded already, and the corpus only grows`);

/** Trains until somebody stops it. */
const endless = { kind: 'simulated', start: async () => ({ next: () => new Promise(() => {}), stop: async () => {} }) };

const histories = {};
await onServer({ 'limit.historyCount.suggestContinueAsNew': 80 }, record);
mkdirSync(folder, { recursive: true });
for (const [name, history] of Object.entries(histories)) {
  // Stack traces name folders of the machine that recorded them; replay does not look at them.
  const portable = JSON.stringify(history, (key, value) => (key === 'stackTrace' ? '' : value));
  writeFileSync(join(folder, `${name}.json`), portable);
  console.log(name, history.events.length, 'events');
}

async function record({ client, withWorker }) {
  const { banditId, recurrenceId, slotAt } = compiled('workflows/messages');
  const { gpus, trainer } = simulatedHardware();
  const keep = async (name, workflowId, runId) => {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    histories[name] = JSON.parse(historyToJSON(history));
  };
  /** Every run of a workflow that continued as new is a history of its own. */
  const keepChain = async (name, workflowId) => {
    const runs = [];
    for await (const run of client.workflow.list({ query: `WorkflowId = "${workflowId}"` })) runs.push(run);
    runs.sort((a, b) => a.startTime - b.startTime);
    for (const [i, { runId }] of runs.entries()) await keep(`${name}-run${i + 1}`, workflowId, runId);
  };

  await withWorker({ gpus, trainer }, async (jobs) => {
    const learning = cifar({ job: 'learning' });
    for (let n = 0; n < 12; n++) await finish(await jobs.startRecurrence(learning, hour(n)));
    await keep('recurrence-converged', recurrenceId('learning', slotAt(hour(3))));
    await keepChain('bandit-learning', banditId('learning'));
    await jobs.create(cifar({ job: 'zeus', policy: { name: 'zeus' }, objective: { eta: 1 } }), { paused: true });
    await jobs.backfill('zeus', hour(0), hour(6));
    await until(async () => (await jobs.ledger('zeus')).totals.slots.ran >= 6);
    await jobs.delete('zeus');
    await client.workflow.getHandle(banditId('zeus')).result();
    await keepChain('bandit-zeus-retired', banditId('zeus'));
  });
  await withWorker({ gpus, trainer: eventful(trainer) }, async (jobs) => {
    const slots = [0, 1, 4].map(hour);
    for (const at of slots) await finish(await jobs.startRecurrence(cifar({ job: 'eventful', attempts: 5 }), at));
    for (const [i, at] of slots.entries()) await keep(`recurrence-eventful-${i}`, recurrenceId('eventful', slotAt(at)));
    await keepChain('bandit-eventful', banditId('eventful'));
  });
  await withWorker({ gpus, trainer: endless }, async (jobs) => {
    const handle = await jobs.startRecurrence(cifar({ job: 'stopped' }), hour(0));
    await until(async () => (await jobs.ledger('stopped').catch(() => undefined))?.slots.length === 1);
    await handle.cancel();
    await finish(handle);
    await keep('recurrence-stopped', handle.workflowId);
  });
}

/** Every way a run can go, by batch size. */
function eventful(trainer) {
  const failing = (next) => ({ next, stop: async () => {} });
  const outOfMemory = { kind: 'failed', failure: 'outOfMemory', detail: 'no room', atSeconds: 1 };
  const start = async (request) => {
    if (request.batchSize === 512) return failing(() => Promise.reject(new Error('the disk is full')));
    return request.batchSize < 1024 ? trainer.start(request) : failing(async () => outOfMemory);
  };
  return { kind: 'simulated', start };
}

async function finish(handle) {
  await handle.result().catch((error) => console.log(handle.workflowId, error.message));
}

async function until(condition) {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 100));
}

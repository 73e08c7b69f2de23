/**
 * Records histories for the replay corpus, from the compiled sources on a server of their own: `node
 * scripts/recordHistories.mjs v0.1`, or only `… v0.1 carbonTimers`. Adds files under test/replay/histories/<version>; refuses to
 * change what is there.
 */
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cifar, compiled, hour, onServer, simulatedHardware } from './embedded.mjs';
import { root } from './prepare.mjs';

const parts = { learning, eventful, stopped, carbonTimers };
const [version, ...chosen] = process.argv.slice(2);
if (!/^v\d+\.\d+$/.test(version ?? '') || chosen.some((part) => !(part in parts)))
  throw new Error(`usage: node scripts/recordHistories.mjs v<major>.<minor> [${Object.keys(parts).join('|')} …]`);
const folder = join(root, 'test', 'replay', 'histories', version);

/** Trains until somebody stops it. */
const endless = { kind: 'simulated', start: async () => ({ next: () => new Promise(() => {}), stop: async () => {} }) };

const histories = {};
await onServer({ 'limit.historyCount.suggestContinueAsNew': 80 }, record);
mkdirSync(folder, { recursive: true });
const files = Object.entries(histories).map(([name, history]) => ({
  name,
  history,
  file: join(folder, `${name}.json`),
}));
const known = files.filter(({ file }) => existsSync(file)).map(({ name }) => name);
if (known.length > 0) throw new Error(`Cannot record ${known.join(', ')} again: the corpus of ${version} only grows`);
for (const { name, history, file } of files) {
  // Stack traces name folders of the machine that recorded them; replay does not look at them.
  const portable = JSON.stringify(history, (key, value) => (key === 'stackTrace' ? '' : value));
  writeFileSync(file, portable);
  console.log(name, history.events.length, 'events');
}

async function record({ client, withWorker }) {
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
  const recorder = { client, withWorker, keep, keepChain, ...compiled('workflows/messages'), ...simulatedHardware() };
  for (const part of chosen.length > 0 ? chosen : Object.keys(parts)) await parts[part](recorder);
}

async function learning({ client, withWorker, gpus, trainer, keep, keepChain, recurrenceId, banditId, slotAt }) {
  await withWorker({ gpus, trainer }, async (jobs) => {
    const spec = cifar({ job: 'learning' });
    for (let n = 0; n < 12; n++) await finish(await jobs.startRecurrence(spec, hour(n)));
    await keep('recurrence-converged', recurrenceId('learning', slotAt(hour(3))));
    await keepChain('bandit-learning', banditId('learning'));
    await jobs.create(cifar({ job: 'zeus', policy: { name: 'zeus' }, objective: { eta: 1 } }), { paused: true });
    await jobs.backfill('zeus', hour(0), hour(6));
    await until(async () => (await jobs.ledger('zeus')).totals.slots.ran >= 6);
    await jobs.delete('zeus');
    await client.workflow.getHandle(banditId('zeus')).result();
    await keepChain('bandit-zeus-retired', banditId('zeus'));
  });
}

async function eventful({ withWorker, gpus, trainer, keep, keepChain, recurrenceId, banditId, slotAt }) {
  await withWorker({ gpus, trainer: inEveryWay(trainer) }, async (jobs) => {
    const slots = [0, 1, 4].map(hour);
    for (const at of slots) await finish(await jobs.startRecurrence(cifar({ job: 'eventful', attempts: 5 }), at));
    for (const [i, at] of slots.entries()) await keep(`recurrence-eventful-${i}`, recurrenceId('eventful', slotAt(at)));
    await keepChain('bandit-eventful', banditId('eventful'));
  });
}

async function stopped({ withWorker, gpus, keep }) {
  await withWorker({ gpus, trainer: endless }, async (jobs) => {
    const handle = await jobs.startRecurrence(cifar({ job: 'stopped' }), hour(0));
    await until(async () => (await jobs.ledger('stopped').catch(() => undefined))?.slots.length === 1);
    await handle.cancel();
    await finish(handle);
    await keep('recurrence-stopped', handle.workflowId);
  });
}

/** The first run follows the grid alone; by the second it is known how long one takes, and how late it may be. */
async function carbonTimers({ withWorker, keepChain, carbonTimerId }) {
  const { createSimulatedTrainer } = compiled('worker');
  const { gpus, worlds } = simulatedHardware();
  const trainer = createSimulatedTrainer({ worlds, gpus, speed: 10 });
  const carbon = { slowdown: 0.3, strict: true };
  const spec = cifar({ job: 'steered', batchSizes: [128], defaultBatchSize: 128, carbon });
  await withWorker({ gpus, trainer, grid: wavingGrid(2) }, async (jobs) => {
    for (const [n, name] of ['steered', 'bounded'].entries()) {
      const handle = await jobs.startRecurrence(spec, hour(n));
      await finish(handle);
      await keepChain(`carbonTimer-${name}`, carbonTimerId(handle.workflowId, 1));
    }
  });
}

/** Slots of a few seconds are clean, usual and dirty in turn, as its forecast says; the weeks before were usual. */
function wavingGrid(slotSeconds) {
  const gramsPerKwh = [100, 400, 900];
  const iso = (seconds) => new Date(seconds * 1000).toISOString();
  const reading = (fromSeconds, value, seconds = slotSeconds) => ({
    ...{ provider: 'waves', zone: 'TEST', kind: 'average', factorType: null, issuedAt: null, status: 'observed' },
    validFromAt: iso(fromSeconds),
    validToAt: iso(fromSeconds + seconds),
    gramsPerKwh: value,
  });
  const slotsFrom = (first, count) =>
    Array.from({ length: count }, (_, n) => {
      return reading((first + n) * slotSeconds, gramsPerKwh[(first + n) % gramsPerKwh.length]);
    });
  const present = () => Math.floor(Date.now() / 1000 / slotSeconds);
  return {
    facts: {
      ...{ provider: 'waves', zone: 'TEST', kind: 'average' },
      ...{ slotSeconds, historyHours: 672, forecastHours: 24 },
    },
    now: async () => slotsFrom(present(), 1)[0],
    forecast: async () => slotsFrom(present(), 24),
    async history({ fromAt, toAt }) {
      const from = Math.ceil(Date.parse(fromAt) / 3_600_000);
      const hours = Math.max(0, Math.floor(Date.parse(toAt) / 3_600_000) - from - 1);
      return Array.from({ length: hours }, (_, n) => reading((from + n) * 3600, 400, 3600));
    },
  };
}

/** Every way a run can go, by batch size. */
function inEveryWay(trainer) {
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

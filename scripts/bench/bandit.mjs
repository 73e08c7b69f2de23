/**
 * What one recurrence costs the bandit in history, and what a cached bandit costs a worker in memory. The job has as many batch
 * sizes and power limits as the largest recorded one. Prints one JSON object: `npm run bench:bandit`.
 */
import { bundleWorkflowCode } from '@temporalio/worker';
import { createRequire } from 'node:module';
import { cifar, compiled, hour, onServer, simulatedHardware } from '../embedded.mjs';

const recurrences = 100;
const cachedJobs = 400;
/** Cached before measuring starts, so that memory which the process has to spare is used up. */
const warmJobs = 200;

await onServer({}, async ({ client, withWorker }) => {
  const { banditId, banditWorkflow, ledger } = compiled('workflows/messages');
  const spec = cifar({
    job: 'bench',
    batchSizes: [2, 4, 8, 12, 16, 24, 32, 48, 56, 64, 72, 96, 128, 156, 192],
    defaultBatchSize: 192,
    maxEpochs: 16,
    target: { metric: 'wer', value: 40, direction: 'atMost' },
    trainer: { kind: 'simulated', dataset: 'librispeech' },
  });
  const figures = {};
  await withWorker({ ...simulatedHardware(), maxCachedWorkflows: 1000 }, async (jobs) => {
    for (let n = 0; n < recurrences; n++) await (await jobs.startRecurrence(spec, hour(n))).result();
    const { historyLength, historySize } = await client.workflow.getHandle(banditId('bench')).describe();
    const { totals } = await jobs.ledger('bench');
    figures.eventsPerRecurrence = historyLength / totals.slots.ran;
    figures.bytesPerRecurrence = Math.round(historySize / totals.slots.ran);
    const known = await jobs.facts('bench');
    const full = await jobs.ledger('bench');
    figures.stateKilobytes = Math.round(JSON.stringify({ known, full }).length / 1000);
    const touch = async (n) => {
      const job = `cached-${n}`;
      const args = [{ ...known, spec: { ...spec, job }, ledger: full }];
      const handle = await client.workflow.start(banditWorkflow, {
        workflowId: banditId(job),
        taskQueue: 'script',
        args,
      });
      await handle.query(ledger);
    };
    for (let n = 0; n < warmJobs; n++) await touch(n);
    const before = settledMemory();
    for (let n = warmJobs; n < warmJobs + cachedJobs; n++) await touch(n);
    figures.cachedWorkflowKilobytes = Math.round((settledMemory() - before) / cachedJobs / 1000);
  });
  const require = createRequire(import.meta.url);
  const logger = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error: console.error };
  const { code } = await bundleWorkflowCode({ workflowsPath: require.resolve('../../dist/workflows'), logger });
  figures.bundleKilobytes = Math.round(code.length / 1000);
  figures.bundleHasZod = code.includes('node_modules/zod');
  console.log(JSON.stringify(figures));
});

/** Of the whole process: the workflows live in a thread with a heap of its own. */
function settledMemory() {
  globalThis.gc?.();
  return process.memoryUsage.rss();
}

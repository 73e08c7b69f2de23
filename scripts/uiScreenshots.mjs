/**
 * Screenshots of Temporal's UI for docs/images: a job with a few recurrences and an override, on a server of its own, seen by a
 * headless Chromium. Each page must show what it is there to show. Heavy, so no test runs it; whoever runs it looks at the pictures.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inBrowser } from './browser.mjs';
import { prepare, root } from './prepare.mjs';

await prepare();
const require = createRequire(import.meta.url);
const dist = (path) => require(join(root, 'dist', path));
const { Client, Connection } = require('@temporalio/client');
const { JobClient } = dist('worker/client.js');
const { findServer } = dist('worker/server.js');
const { readJobFile } = dist('worker/jobFile.js');

const mostBytes = 300_000;
const images = join(root, 'docs', 'images');
const directory = mkdtempSync(join(tmpdir(), 'wattbandit-ui-'));
const namespace = 'default';

// Nobody's own server is to be photographed.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TEMPORAL_')));
const server = await findServer({
  stateDirectory: directory,
  env: { ...env, TEMPORAL_CONFIG_FILE: join(directory, 'none.toml') },
  onProgress: console.error,
});
const worker = startWorker(server.address);
const connection = await Connection.connect({ address: server.address });
try {
  const client = new Client({ connection, namespace });
  const job = await populate(new JobClient(client), await readJobFile(join(root, 'examples', 'cifar100.yaml')));
  mkdirSync(images, { recursive: true });
  const pageOf = async (workflowId) => {
    const { runId } = await client.workflow.getHandle(workflowId).describe();
    return `workflows/${encodeURIComponent(workflowId)}/${runId}`;
  };
  const found = encodeURIComponent(`WattbanditJob="${job}" AND WattbanditOutcome="converged"`);
  const run = `wattbandit/${job}/recurrence-2026-11-01T12:00:00Z`;
  const pictures = [
    { name: 'temporalUiRecurrences', page: `workflows?query=${found}`, texts: [run] },
    {
      name: 'temporalUiJob',
      page: `${await pageOf(`wattbandit/${job}`)}/user-metadata`,
      texts: ['UNSIGNED', 'Last decisions'],
    },
    { name: 'temporalUiRun', page: `${await pageOf(run)}/timeline`, texts: ['Timeline'] },
  ];
  await inBrowser(join(directory, 'browser'), { width: 1600, height: 1000 }, async ({ photograph }) => {
    for (const { name, page, texts } of pictures)
      keep(name, await photograph(`${server.uiAddress}/namespaces/${namespace}/${page}`, texts));
  });
} finally {
  await connection.close();
  worker.kill('SIGTERM');
  await once(worker, 'close');
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
}

function startWorker(address) {
  const main = join(root, 'dist', 'worker', 'cli', 'main.js');
  const args = [
    'worker',
    'start',
    '--simulated',
    'v100',
    '--speed',
    '1000000',
    '--address',
    address,
    '--log-level',
    'warn',
  ];
  return spawn(process.execPath, [main, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** A dozen hourly recurrences and three overrides, one of which a newer one outranks; and something refused. */
async function populate(jobs, spec) {
  await jobs.create(spec, { paused: true });
  for (let hour = 0; hour < 12; hour++)
    await (await jobs.startRecurrence(spec, new Date(Date.UTC(2026, 10, 1, hour)))).result();
  const set = (order, reason, seconds) => jobs.setOverride(spec.job, { order, reason, seconds, who: 'night shift' });
  await set({ kind: 'eta', eta: 0.8 }, 'INC-4711: the grid is short of power', 21_600);
  await set({ kind: 'banBatchSize', batchSize: 1024 }, 'runs out of memory on the new hosts');
  const refused = { order: { kind: 'eta', eta: 0.1 }, reason: 'hurry', token: 'not.a.token', who: 'somebody' };
  await jobs.setOverride(spec.job, refused).catch(() => {});
  await (await jobs.startRecurrence(spec, new Date(Date.UTC(2026, 10, 1, 12)))).result();
  return spec.job;
}

function keep(name, picture) {
  const file = join(images, `${name}.png`);
  if (picture.length > mostBytes)
    throw new Error(`Cannot keep ${file}: its ${picture.length} bytes are more than ${mostBytes}.`);
  writeFileSync(file, picture);
  console.error(`${file}: ${picture.length} bytes`);
}

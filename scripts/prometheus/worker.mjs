/** A worker as people start it, on a simulated GPU and a constant grid, and the recurrences that it runs. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { cifar, compiled, hour } from '../embedded.mjs';
import { root } from '../prepare.mjs';

const taskQueue = 'scraped';
const job = 'scraped';

/** `metrics`: host:port to serve them at. */
export function startWorker(temporalAddress, metrics) {
  const directory = mkdtempSync(join(tmpdir(), 'wattbandit-worker-'));
  const file = join(directory, 'worker.yaml');
  const hardware = { kind: 'simulated', gpu: 'v100', speed: 1e6 };
  const carbon = { provider: 'constant', zone: 'DE', kind: 'average', gramsPerKwh: 321 };
  writeFileSync(
    file,
    stringify({ version: 1, taskQueue, hardware, carbon, metrics: { prometheus: { bind: metrics } } }),
  );
  const main = join(root, 'dist', 'worker', 'cli', 'main.js');
  const child = spawn(
    process.execPath,
    [main, 'worker', 'start', '-c', file, '--address', temporalAddress, '--log-level', 'error'],
    { stdio: ['ignore', 'ignore', 2] },
  );
  return {
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await new Promise((done) => child.once('exit', done));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Those of some hours, one after the other. Answers the job's ledger. */
export async function runRecurrences(client, hours) {
  const { JobClient } = compiled('worker');
  const jobs = new JobClient(client, { taskQueue });
  for (const n of hours) await (await jobs.startRecurrence(cifar({ job, carbon: {} }), hour(n))).result();
  return jobs.ledger(job);
}

/** Refused, because the worker believes signed ones only. */
export async function overrideInVain(client) {
  const { banditId, setOverride } = compiled('workflows/messages');
  const request = { order: { kind: 'freeze' }, reason: 'to see it refused' };
  const refused = client.workflow.getHandle(banditId(job)).executeUpdate(setOverride, { args: [request] });
  await refused.then(
    () => Promise.reject(new Error('an unsigned override was believed')),
    () => {},
  );
}

/** The two servers that are compared, each started from nothing with a database in a file. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { compiled } from '../../embedded.mjs';
import { root } from '../../prepare.mjs';
import { obtainZeus } from '../../zeus.mjs';

export async function startWattbandit() {
  const { obtainBinary } = compiled('worker/serverBinary');
  const { startServer } = compiled('worker/serverProcess');
  const directory = mkdtempSync(join(tmpdir(), 'wattbandit-bench-'));
  const { path: binary } = await obtainBinary({ directory: join(root, '.wattbandit'), env: process.env });
  let temporal;
  const { address } = await startServer(
    { binary, directory, database: join(directory, 'temporal.db'), namespace: 'default', ui: false },
    async (launched) => {
      temporal = launched.pid;
    },
  );
  const worker = await serving(['worker', 'start', '--simulated', 'v100', '--address', address], directory);
  const options = ['--port', '0', '--rate-limit', '1000000', '--address', address];
  const gateway = await serving(['gateway', 'start', ...options], directory);
  return {
    url: gateway.event.url,
    cpuSeconds: () => cpuSecondsOf([temporal, worker.child.pid, gateway.child.pid]),
    async stop() {
      await ended(gateway.child);
      await ended(worker.child);
      process.kill(temporal);
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export async function startZeus() {
  const python = await obtainZeus();
  const directory = mkdtempSync(join(tmpdir(), 'zeus-bench-'));
  const port = await freePort();
  const args = [join(root, 'scripts', 'zeusServer.py'), join(directory, 'zeus.db'), String(port)];
  const child = spawn(python, args, { cwd: directory, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  await answers(`${url}/openapi.json`);
  return {
    url,
    cpuSeconds: () => cpuSecondsOf([child.pid]),
    async stop() {
      await ended(child);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A command of ours, once it says that it is ready. */
async function serving(args, directory) {
  const main = join(root, 'dist', 'worker', 'cli', 'main.js');
  const env = { ...process.env, TEMPORAL_CONFIG_FILE: join(directory, 'none.toml'), WATTBANDIT_STATE: directory };
  const child = spawn(process.execPath, [main, ...args, '-o', 'jsonl', '--log-level', 'error'], {
    cwd: directory,
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    const ready = text.split('\n').find((line) => line.includes('"event":"ready"') && line.endsWith('}'));
    if (ready === undefined) continue;
    return { child, event: JSON.parse(ready) };
  }
  throw new Error(`Cannot start wattbandit ${args[0]}: it ended.`);
}

async function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Of processes with the threads they have; Linux counts in hundredths of a second. */
function cpuSecondsOf(pids) {
  return pids.reduce((sum, pid) => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return sum + (Number(fields[11]) + Number(fields[12])) / 100;
  }, 0);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(url) {
  for (let n = 0; n < 300; n++) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await sleep(100);
  }
  throw new Error(`Cannot reach ${url}.`);
}

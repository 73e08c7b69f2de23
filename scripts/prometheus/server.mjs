/** A Prometheus with the configuration that we ship, in a directory of its own, that comes to one worker every second. */
import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse, stringify } from 'yaml';
import { root } from '../prepare.mjs';

const shipped = (name) => join(root, 'grafana', name);
const patienceSeconds = 60;

export async function startPrometheus(target) {
  const directory = mkdtempSync(join(tmpdir(), 'wattbandit-prometheus-'));
  const config = parse(readFileSync(shipped('prometheus.yaml'), 'utf8'));
  config.global = { scrape_interval: '1s', evaluation_interval: '1s' };
  config.scrape_configs[0].static_configs[0].targets = [target];
  writeFileSync(join(directory, 'prometheus.yaml'), stringify(config));
  copyFileSync(shipped('alerts.yaml'), join(directory, 'alerts.yaml'));
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(
    'prometheus',
    [
      `--config.file=${join(directory, 'prometheus.yaml')}`,
      `--storage.tsdb.path=${join(directory, 'data')}`,
      `--web.listen-address=${address}`,
      '--log.level=error',
    ],
    { stdio: ['ignore', 2, 2] },
  );
  const ask = async (path, parameters = {}) => {
    const response = await fetch(`http://${address}/api/v1/${path}?${new URLSearchParams(parameters)}`);
    const answer = await response.json();
    if (answer.status !== 'success') throw new Error(`${JSON.stringify(parameters)}: ${answer.error}`);
    return answer.data;
  };
  return {
    ask,
    /** Series of an instant, as `{ metric, value }`. */
    async query(query) {
      const { result } = await ask('query', { query });
      return result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
    },
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await new Promise((done) => child.once('exit', done));
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Asks again until it is true. */
export async function until(what, isSo) {
  const deadline = Date.now() + patienceSeconds * 1000;
  for (let last; Date.now() < deadline; await sleep(200)) {
    try {
      if (await isSo()) return;
    } catch (error) {
      last = error;
    }
    if (Date.now() + 200 >= deadline) throw new Error(`not so after ${patienceSeconds} s: ${what}`, { cause: last });
  }
}

/** Free a moment ago, which has to do for programs that cannot tell which one they took. */
export async function freePort() {
  const server = createServer();
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address();
  await new Promise((closed) => server.close(closed));
  return port;
}

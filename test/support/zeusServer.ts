/** Zeus's own batch size server, in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './freePort';

export async function onZeusServer(use: (url: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'zeus-server-'));
  const port = await freePort();
  const args = [process.env.ZEUS_SERVER!, join(directory, 'zeus.db'), String(port)];
  const child = spawn(process.env.ZEUS_PYTHON!, args, { cwd: directory, stdio: ['ignore', 'ignore', 'inherit'] });
  const exited = once(child, 'exit');
  try {
    const url = `http://127.0.0.1:${port}`;
    while (!(await answers(url))) {
      if (child.exitCode !== null) throw new Error(`Zeus's server ended with ${child.exitCode}`);
      await sleep(100);
    }
    await use(url);
  } finally {
    child.kill();
    await exited;
    rmSync(directory, { recursive: true, force: true });
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/openapi.json`).then(
    ({ ok }) => ok,
    () => false,
  );
}

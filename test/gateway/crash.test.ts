/** Gateways and workers that are killed while clients ask and tell. */
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { JobClient } from '../../worker/client';
import { buildCli, startCli } from '../support/cli';
import { type Answer, type Call, callerTo, externalJob } from '../support/gateway';
import { testAddress, testBundle, testClient } from '../support/temporal';

const support = resolve(__dirname, '../support');
const clients = 4;
const runsOfEach = 8;

const started: ChildProcess[] = [];
beforeAll(buildCli);
afterAll(() => started.forEach((child) => child.kill('SIGKILL')));

async function startWorker(taskQueue: string): Promise<ChildProcess> {
  const script = ['--require', join(support, 'register.js'), join(support, 'mortalWorker.ts')];
  const args = [...script, testAddress(), taskQueue, testBundle().codePath];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  await once(child.stdout, 'data');
  return child;
}

async function startGatewayProcess(taskQueue: string, port: number): Promise<ChildProcess> {
  const where = ['--port', String(port), '--address', testAddress(), '--task-queue', taskQueue, '-o', 'jsonl'];
  const child = startCli(['gateway', 'start', ...where]);
  started.push(child);
  for await (const line of createInterface(child.stdout!)) if (line.includes('"ready"')) return child;
  throw new Error('the gateway ended');
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** As a client that knows no better: again, until somebody answers. */
function persistent(call: Call): Call {
  return async (...args) => {
    for (;;) {
      const answer = await call(...args).catch((): Answer | undefined => undefined);
      if (answer !== undefined && answer.status < 500) return answer;
      await sleep(100);
    }
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(20);
}

describe('gateways and workers that are killed again and again', () => {
  it('lose no report that was acknowledged, open no run twice, and leave none open', async () => {
    const job = `gateway-${randomUUID().slice(0, 8)}`;
    const port = await freePort();
    let gateway = await startGatewayProcess(job, port);
    let worker = await startWorker(job);
    const call = persistent(callerTo(`http://127.0.0.1:${port}`));
    const path = `/v1/jobs/${job}`;
    expect((await call('POST', '/v1/jobs', externalJob(job))).status).toBeLessThan(300);

    const acknowledged = new Map<string, number>();
    const client = async (name: number) => {
      for (let n = 0; n < runsOfEach; n++) {
        const key = { 'idempotency-key': `${name}-${n}` };
        const { status, body } = await call('POST', `${path}/decisions`, {}, key);
        expect(status).toBe(201);
        expect(acknowledged.has(body.id)).toBe(false);
        const joules = 10_000 + 100 * name + n;
        const told = { decisionId: body.id, outcome: 'converged', epochs: 5, seconds: 50, joules };
        expect(await call('POST', `${path}/observations`, told)).toMatchObject({
          status: 200,
          body: { counted: true },
        });
        acknowledged.set(body.id, joules);
      }
    };
    const load = Promise.all(Array.from({ length: clients }, (_, i) => client(i)));

    // In the middle of what the four are doing, however fast this machine is.
    for (const after of [6, 12, 18]) {
      await Promise.race([load, until(() => acknowledged.size >= after)]);
      await kill(gateway);
      gateway = await startGatewayProcess(job, port);
      await Promise.race([load, until(() => acknowledged.size >= after + 3)]);
      await kill(worker);
      worker = await startWorker(job);
    }
    await load;

    const { slots, totals } = await new JobClient(await testClient()).ledger(job);
    const runs = clients * runsOfEach;
    expect(acknowledged.size).toBe(runs);
    expect(totals).toMatchObject({ decisions: runs, told: runs, counted: runs, quarantined: 0, expired: 0 });
    const kept = slots.flatMap(({ attempts }) => attempts.map(({ observation }) => observation));
    expect(new Map(kept.map((each) => [each!.id, each!.joules]))).toEqual(acknowledged);
    expect(slots.every(({ state }) => state.kind === 'ran')).toBe(true);
  }, 180_000);
});

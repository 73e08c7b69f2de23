/** Gateways and workers that are killed while clients ask and tell. */
import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { JobClient } from '../../worker/client';
import { buildCli, startCli } from '../support/cli';
import { freePort } from '../support/freePort';
import { type Answer, type Call, callerTo, externalJob } from '../support/gateway';
import { kill, mortal, startMortalWorker } from '../support/mortals';
import { testAddress, testClient } from '../support/temporal';

const clients = 4;
const runsOfEach = 8;

beforeAll(buildCli);

async function startGatewayProcess(taskQueue: string, port: number): Promise<ChildProcess> {
  const where = ['--port', String(port), '--address', testAddress(), '--task-queue', taskQueue, '-o', 'jsonl'];
  const child = mortal(startCli(['gateway', 'start', ...where]));
  for await (const line of createInterface(child.stdout!)) if (line.includes('"ready"')) return child;
  throw new Error('the gateway ended');
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

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(20);
}

describe('gateways and workers that are killed again and again', () => {
  it('lose no report that was acknowledged, open no run twice, and leave none open', async () => {
    const job = `gateway-${randomUUID().slice(0, 8)}`;
    const port = await freePort();
    let gateway = await startGatewayProcess(job, port);
    let worker = await startMortalWorker(job);
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
      worker = await startMortalWorker(job);
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

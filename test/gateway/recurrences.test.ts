/** Recurrences that a client starts and waits for. */
import type { TrainingRun } from '../../activities/training/trainer';
import { simulatedHardware } from '../support/bench';
import { type GatewayBench, onGateway } from '../support/gateway';

const slot = '2026-11-25T16:00:00Z';
const trained = (job: string) => ({
  ...{ version: 1, job, batchSizes: [256, 512, 1024], defaultBatchSize: 1024, maxEpochs: 100 },
  ...{ target: { metric: 'accuracy', value: 0.6 }, trainer: { kind: 'simulated', dataset: 'cifar100' } },
});

async function createPaused({ call, job }: GatewayBench): Promise<string> {
  expect((await call('POST', '/v1/jobs?paused=true', trained(job))).status).toBe(201);
  return `/v1/jobs/${job}/recurrences`;
}

describe('/v1/jobs/{job}/recurrences', () => {
  it('starts one of a slot, however often it is told to, and answers its end', async () => {
    await onGateway({}, async (bench) => {
      const { call, job, jobs } = bench;
      const path = await createPaused(bench);
      const started = await call('POST', path, { slot });
      expect(started).toMatchObject({ status: 201, body: { job, slot, state: 'running' } });
      expect(started.headers.get('location')).toBe(`${path}/${slot}`);
      const ended = await call('GET', `${path}/${slot}?wait=60`);
      expect(ended).toMatchObject({
        status: 200,
        body: { state: 'completed', attempts: 1, observation: { slot, outcome: 'converged', batchSize: 1024 } },
      });
      expect(ended.body.observation.joules).toBeGreaterThan(0);
      expect(await call('POST', path, { slot })).toMatchObject({ status: 200, body: ended.body });
      expect((await jobs.ledger(job)).totals.decisions).toBe(1);
    });
  });

  it('takes now for a slot that nobody named', async () => {
    await onGateway({}, async (bench) => {
      const path = await createPaused(bench);
      const { body } = await bench.call('POST', path, {});
      expect(Math.abs(Date.parse(body.slot) - Date.now())).toBeLessThan(60_000);
      expect((await bench.call('GET', `${path}/${body.slot}?wait=60`)).body).toMatchObject({ state: 'completed' });
    });
  });

  it('stops one that is told to, and does not wait longer than it is told', async () => {
    const hardware = { ...simulatedHardware(), trainer: endless };
    await onGateway({ hardware }, async (bench) => {
      const { call } = bench;
      const path = await createPaused(bench);
      await call('POST', path, { slot });
      expect((await call('GET', `${path}/${slot}`)).body).toMatchObject({ state: 'running' });
      expect((await call('GET', `${path}/${slot}?wait=0.1`)).body).toMatchObject({ state: 'running' });
      expect((await call('DELETE', `${path}/${slot}`)).status).toBe(202);
      expect((await call('GET', `${path}/${slot}?wait=60`)).body).toMatchObject({ state: 'cancelled' });
    });
  });

  it('answers whoever tells of a run that was trained here what was told of it first', async () => {
    await onGateway({}, async (bench) => {
      const { call, job, jobs } = bench;
      const path = await createPaused(bench);
      await call('POST', path, { slot });
      expect((await call('GET', `${path}/${slot}?wait=60`)).body).toMatchObject({ state: 'completed' });
      const told = { decisionId: `${slot}/1`, outcome: 'diverged', epochs: 1, seconds: 1, joules: 1 };
      expect(await call('POST', `/v1/jobs/${job}/observations`, told)).toMatchObject({
        status: 200,
        body: { counted: true, retry: false },
      });
      expect((await jobs.ledger(job)).totals).toMatchObject({ told: 1, counted: 1 });
    });
  });

  it('knows no recurrence that nobody started, nor a slot that is none', async () => {
    await onGateway({}, async (bench) => {
      const { call, job } = bench;
      const path = await createPaused(bench);
      expect((await call('GET', `${path}/${slot}`)).status).toBe(404);
      expect((await call('DELETE', `${path}/${slot}`)).status).toBe(404);
      for (const none of ['2026-11-25T16:00:00.123Z', '2026-02-30T16:00:00Z', '2026-02-28T24:00:00Z', '2026-11-25'])
        expect((await call('POST', path, { slot: none })).status).toBe(400);
      expect((await call('POST', `/v1/jobs/${job}-other/recurrences`, { slot })).status).toBe(404);
    });
  });
});

/** Says nothing, and ends when it is stopped. */
const endless = {
  kind: 'simulated',
  async start(): Promise<TrainingRun> {
    let end: () => void = () => {};
    const stopped = new Promise<void>((resolve) => (end = resolve));
    return {
      next: () => stopped.then(() => ({ kind: 'failed', failure: 'operator', detail: 'stopped', atSeconds: 1 })),
      stop: async () => end(),
    };
  },
};

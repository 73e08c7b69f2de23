/** Ask and tell through the gateway. */
import { type GatewayBench, externalJob, onGateway } from '../support/gateway';

const onJob = (test: (bench: GatewayBench, path: string) => Promise<void>, changes: object = {}) =>
  onGateway({}, async (bench) => {
    const { status } = await bench.call('POST', '/v1/jobs', externalJob(bench.job, changes));
    expect(status).toBe(201);
    await test(bench, `/v1/jobs/${bench.job}`);
  });

const converged = (decisionId: string) => ({
  decisionId,
  outcome: 'converged',
  epochs: 10,
  seconds: 100,
  joules: 20_000,
});

describe('POST /v1/jobs', () => {
  it('creates a job once, says so when it is there, and refuses another of its name', async () => {
    await onJob(async ({ call, job }) => {
      const again = await call('POST', '/v1/jobs', externalJob(job));
      expect(again).toMatchObject({ status: 200, body: { job, result: 'unchanged' } });
      const other = await call('POST', '/v1/jobs', externalJob(job, { defaultBatchSize: 32 }));
      expect(other).toMatchObject({ status: 409, body: { type: 'urn:wattbandit:conflict', status: 409 } });
      expect(other.headers.get('content-type')).toContain('application/problem+json');
    });
  });

  it('starts no recurrences of a job that others train', async () => {
    await onJob(async ({ call, jobs, job }) => {
      expect((await jobs.describe(job)).state.paused).toBe(true);
      const { body } = await call('GET', '/v1/jobs');
      expect(body.jobs.find((each: { job: string }) => each.job === job)).toMatchObject({ paused: true });
    });
  });

  it('tells each mistake in a body by its place', async () => {
    await onGateway({}, async ({ call, job }) => {
      const wrong = externalJob(job, { defaultBatchSize: 7, maxEpochs: 'many', colour: 'red' });
      const { status, body } = await call('POST', '/v1/jobs', wrong);
      expect(status).toBe(400);
      expect(body.errors).toEqual(
        expect.arrayContaining([
          { path: 'maxEpochs', message: 'must be a finite number' },
          { path: 'colour', message: 'must be a known key' },
        ]),
      );
      const gpus = { model: 'A40', count: 0, powerLimitsWatts: [100] };
      const noGpus = await call('POST', '/v1/jobs', externalJob(job, { trainer: { kind: 'external', gpus } }));
      expect(noGpus).toMatchObject({ status: 400, body: { errors: [{ path: 'trainer.gpus.count' }] } });
      expect(await call('POST', '/v1/jobs', '{"version":')).toMatchObject({ status: 400 });
      expect((await call('GET', `/v1/jobs/${job}`)).status).toBe(404);
    });
  });
});

describe('POST /v1/jobs/{job}/decisions', () => {
  it('answers what whoever trains has to know, and no nulls', async () => {
    await onJob(async ({ call, job }, path) => {
      const { status, body } = await call('POST', `${path}/decisions`, {});
      expect(status).toBe(201);
      expect(body).toMatchObject({
        ...{ job, attempt: 1, number: 1, batchSize: 64, mode: 'first', eta: 0.5, maxEpochs: 50 },
        ...{ gpuModel: 'A40', maxPowerWatts: 600, target: { metric: 'accuracy', value: 0.6, direction: 'atLeast' } },
      });
      expect(body.id).toBe(`${body.slot}/1`);
      expect(JSON.stringify(body)).not.toContain('null');
    });
  });

  it('answers the same under the same key, and another run under another', async () => {
    await onJob(async ({ call }, path) => {
      const ask = (key: string) => call('POST', `${path}/decisions`, {}, { 'idempotency-key': key });
      const [first, again, other] = [await ask('a'), await ask('a'), await ask('b')];
      expect(again.body).toEqual(first.body);
      expect(other.body).toMatchObject({ number: 2 });
      expect(other.body.id).not.toBe(first.body.id);
    });
  });

  it('knows a key beyond continue-as-new', async () => {
    await onJob(async ({ call, bandit }, path) => {
      const ask = (key: string) => call('POST', `${path}/decisions`, {}, { 'idempotency-key': key });
      const first = await ask('kept');
      const { runId } = await bandit().describe();
      for (let n = 0; (await bandit().describe()).runId === runId; n++) {
        const { body } = await ask(`other-${n}`);
        await call('POST', `${path}/observations`, converged(body.id));
      }
      expect((await ask('kept')).body).toMatchObject({ id: first.body.id, batchSize: first.body.batchSize });
    });
  });

  it('answers the same for the same slot and attempt, whoever asks', async () => {
    await onJob(async ({ call, job }, path) => {
      const body = { slot: '2026-11-25T16:00:00Z', gpus: { model: 'V100', count: 1.0, powerLimitsWatts: [250, 100] } };
      const first = await call('POST', `${path}/decisions`, body);
      const again = await call('POST', `${path}/decisions`, { slot: body.slot }, { 'idempotency-key': 'x' });
      expect(first.body).toMatchObject({ id: '2026-11-25T16:00:00Z/1', gpuModel: 'V100', maxPowerWatts: 250 });
      expect(again.body).toEqual(first.body);
      const read = await call('GET', `${path}/decisions/2026-11-25T16:00:00Z/1`);
      expect(read).toMatchObject({ status: 200, body: first.body });
      expect((await call('GET', `${path}/decisions/2026-11-25T16:00:00Z/2`)).status).toBe(404);
      expect((await call('GET', `/v1/jobs/${job}-other/decisions/2026-11-25T16:00:00Z/1`)).status).toBe(404);
    });
  });

  it('gives each of many who ask at once a run of its own', async () => {
    await onJob(async ({ call }, path) => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => call('POST', `${path}/decisions`, {})));
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(20);
      const numbers = answers.map(({ body }) => body.number).toSorted((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    });
  });

  it('takes no body for an empty one, and null for none', async () => {
    await onJob(async ({ call }, path) => {
      expect((await call('POST', `${path}/decisions`)).status).toBe(201);
      expect((await call('POST', `${path}/decisions`, null)).status).toBe(400);
    });
  });

  it('refuses GPUs whose watts no sum could hold, which would make the job unreadable', async () => {
    await onJob(async ({ call }, path) => {
      const gpus = { model: 'A40', count: 2, powerLimitsWatts: [300, 1e308] };
      expect(await call('POST', `${path}/decisions`, { gpus })).toMatchObject({
        status: 400,
        body: { errors: [{ path: 'gpus.powerLimitsWatts.1' }] },
      });
      const many = { model: 'A40', count: 1e9, powerLimitsWatts: [300] };
      expect((await call('POST', `${path}/decisions`, { gpus: many })).status).toBe(400);
      expect(await call('GET', `${path}/decisions`)).toMatchObject({ status: 200, body: { decisions: [] } });
    });
  });

  it('refuses a job whose asks would name no GPUs, and a retry without its slot', async () => {
    await onJob(
      async ({ call }, path) => {
        const refused = await call('POST', `${path}/decisions`, {});
        expect(refused).toMatchObject({ status: 422, body: { detail: expect.stringContaining('names no gpus') } });
        const gpus = { model: 'A40', count: 1, powerLimitsWatts: [300] };
        expect((await call('POST', `${path}/decisions`, { gpus })).status).toBe(201);
        expect(await call('POST', `${path}/decisions`, { gpus, attempt: 2 })).toMatchObject({
          status: 400,
          body: { errors: [{ path: 'attempt', message: expect.stringContaining('slot') }] },
        });
      },
      { trainer: { kind: 'external' } },
    );
  });
});

describe('POST /v1/jobs/{job}/observations', () => {
  it('counts a run once, however often it is told', async () => {
    await onJob(async ({ call, jobs, job }, path) => {
      const { body: decision } = await call('POST', `${path}/decisions`, {});
      for (let n = 0; n < 3; n++) {
        const told = await call('POST', `${path}/observations`, converged(decision.id));
        expect(told).toMatchObject({ status: 200, body: { counted: true, retry: false } });
      }
      expect((await jobs.ledger(job)).totals).toMatchObject({ decisions: 1, told: 1, counted: 1, joules: 20_000 });
      const { body } = await call('GET', `${path}/decisions?limit=1`);
      expect(body.decisions).toMatchObject([
        { id: decision.id, observation: { gpuModel: 'A40', powerLimitWatts: 300 } },
      ]);
    });
  });

  it('counts a run that a hundred later ones overtook', async () => {
    await onJob(async ({ call }, path) => {
      const ask = async () => (await call('POST', `${path}/decisions`, {})).body;
      const tell = (id: string) => call('POST', `${path}/observations`, converged(id));
      const slow = await ask();
      for (let n = 0; n < 120; n++) await tell((await ask()).id);
      for (let n = 0; n < 2; n++)
        expect(await tell(slow.id)).toMatchObject({ status: 200, body: { counted: true, retry: false } });
      const { body } = await call('GET', path);
      expect(body.totals).toMatchObject({ told: 121, counted: 121 });
    });
  });

  it('takes numbers as other languages write them', async () => {
    await onJob(async ({ call }, path) => {
      const { body: decision } = await call('POST', `${path}/decisions`, '{"attempt": 1.0}');
      const text = `{"decisionId":"${decision.id}","outcome":"converged","epochs":1.0e1,"seconds":100.0,"joules":2e4,"batchSize":64.0}`;
      expect(await call('POST', `${path}/observations`, text)).toMatchObject({ status: 200, body: { counted: true } });
    });
  });

  it('asks for another try after a failure that teaches, of which there are so many', async () => {
    await onJob(
      async ({ call }, path) => {
        const failed = { outcome: 'diverged', epochs: 3, seconds: 30, joules: 6000 };
        const slot = '2026-11-25T16:00:00Z';
        for (const attempt of [1, 2]) {
          const { body: decision } = await call('POST', `${path}/decisions`, { slot, attempt });
          const told = await call('POST', `${path}/observations`, { decisionId: decision.id, ...failed });
          expect(told.body).toEqual({ counted: true, retry: attempt < 2 });
        }
      },
      { attempts: 2 },
    );
  });

  it('sets aside what cannot be, says why, and knows no decision that was never made', async () => {
    await onJob(async ({ call }, path) => {
      const { body: decision } = await call('POST', `${path}/decisions`, {});
      const wrong = { ...converged(decision.id), batchSize: 128 };
      expect(await call('POST', `${path}/observations`, wrong)).toMatchObject({
        status: 200,
        body: { counted: false, quarantinedBecause: 'batchSize is 128, but 64 was decided' },
      });
      expect((await call('POST', `${path}/observations`, converged('2026-11-25T16:00:00Z/1'))).status).toBe(404);
      const negative = { ...converged(decision.id), joules: -1 };
      expect((await call('POST', `${path}/observations`, negative)).status).toBe(400);
    });
  });
});

describe('DELETE /v1/jobs/{job}', () => {
  it('ends the job, of which nothing is left to ask', async () => {
    await onJob(async ({ call }, path) => {
      const { body: decision } = await call('POST', `${path}/decisions`, {});
      expect((await call('GET', `${path}/decisions/${decision.id}`)).status).toBe(200);
      expect((await call('DELETE', path)).status).toBe(204);
      for (const what of ['', '/decisions', `/decisions/${decision.id}`, '/overrides'])
        expect([what, (await call('GET', `${path}${what}`)).status]).toEqual([what, 404]);
      for (const what of ['/decisions', '/recurrences'])
        expect([what, (await call('POST', `${path}${what}`, {})).status]).toEqual([what, 404]);
      expect((await call('DELETE', path)).status).toBe(404);
    });
  });
});

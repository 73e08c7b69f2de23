/** Who is let in, and to what. */
import { createAdmit, maySee } from '../../gateway/access';
import { refuseStrangers } from '../../gateway/origin';
import { type Call, externalJob, onGateway, zeusJob } from '../support/gateway';

const tokens = [
  { name: 'reader', role: 'viewer', token: 'viewer-0123456789abcdef' },
  { name: 'airflow', role: 'operator', token: 'operator-0123456789abcdef', jobs: ['mine-*'] },
  { name: 'power', role: 'power', token: 'power-0123456789abcdef' },
  { name: 'root', role: 'admin', token: 'admin-0123456789abcdef' },
] as const;
const secretOf = (name: string) => tokens.find((token) => token.name === name)!.token;
const bearer = (name: string) => ({ authorization: `Bearer ${secretOf(name)}` });

describe('createAdmit', () => {
  const admit = createAdmit(tokens);

  it('knows whom a token is of, as bearer token or as password', () => {
    expect(admit(`Bearer ${secretOf('power')}`)).toEqual({ name: 'power', role: 'power' });
    const basic = Buffer.from(`whoever:${secretOf('reader')}`).toString('base64');
    expect(admit(`Basic ${basic}`)).toEqual({ name: 'reader', role: 'viewer' });
  });

  it('knows nobody by anything else', () => {
    const wrong = [undefined, '', 'Bearer', 'Bearer x', `Token ${secretOf('root')}`, secretOf('root'), 'Basic !!!'];
    expect(wrong.map((header) => admit(header))).toEqual(wrong.map(() => undefined));
  });
});

describe('maySee', () => {
  it('takes a star for anything and the rest for itself', () => {
    const see = (jobs: readonly string[], job: string) => maySee({ name: 'x', role: 'viewer', jobs }, job);
    expect(see(['mnist-*'], 'mnist-1')).toBe(true);
    expect(see(['mnist-*'], 'xmnist-1')).toBe(false);
    expect(see(['a.b'], 'axb')).toBe(false);
    expect(see(['a', '*-prod'], 'b-prod')).toBe(true);
    expect(maySee({ name: 'x', role: 'viewer' }, 'any')).toBe(true);
  });
});

describe('refuseStrangers', () => {
  it('lets no page of a browser in, nor whoever comes by a name that leads here', () => {
    expect(() => refuseStrangers({ host: '127.0.0.1:8470', origin: 'http://evil' }, true)).toThrow(/browser/);
    expect(() => refuseStrangers({ host: 'evil.example:8470' }, true)).toThrow(/name/);
    expect(() => refuseStrangers({}, true)).toThrow(/name/);
    for (const host of ['127.0.0.1:8470', 'localhost', '[::1]:8470']) refuseStrangers({ host }, true);
    refuseStrangers({ host: 'gateway.example' }, false);
  });
});

type Step = readonly [method: Parameters<Call>[0], path: string, body?: unknown];

describe('the routes', () => {
  it('each take the role that they say, and no less', async () => {
    await onGateway({ tokens }, async ({ call }) => {
      const job = 'mine-1';
      const steps: readonly (readonly [who: string, step: Step, status: number])[] = [
        ['reader', ['POST', '/v1/jobs', externalJob(job)], 403],
        ['airflow', ['POST', '/v1/jobs', externalJob(job)], 201],
        ['reader', ['GET', `/v1/jobs/${job}`], 200],
        ['reader', ['POST', `/v1/jobs/${job}/decisions`, {}], 403],
        ['airflow', ['POST', `/v1/jobs/${job}/decisions`, {}], 201],
        ['reader', ['GET', `/v1/jobs/${job}/decisions`], 200],
        ['reader', ['POST', `/v1/jobs/${job}/overrides`, { order: { kind: 'freeze' }, reason: 'x' }], 403],
        ['airflow', ['POST', `/v1/jobs/${job}/overrides`, { order: { kind: 'eta', eta: 1 }, reason: 'x' }], 201],
        ['airflow', ['POST', `/v1/jobs/${job}/overrides`, { order: { kind: 'freeze' }, reason: 'for ever' }], 403],
        [
          'airflow',
          ['POST', `/v1/jobs/${job}/overrides`, { order: { kind: 'powerBound', powerLimitWatts: 200 }, reason: 'x' }],
          403,
        ],
        [
          'power',
          ['POST', `/v1/jobs/${job}/overrides`, { order: { kind: 'powerBound', powerLimitWatts: 200 }, reason: 'x' }],
          201,
        ],
        ['power', ['DELETE', `/v1/jobs/${job}`], 403],
        ['reader', ['POST', '/jobs', zeusJob()], 403],
        ['reader', ['GET', `/jobs/batch_size?job_id=${job}`], 403],
        ['power', ['DELETE', `/jobs?job_id=${job}`], 403],
        ['root', ['DELETE', `/v1/jobs/${job}`], 204],
        ['reader', ['GET', '/metrics'], 200],
        ['reader', ['GET', '/openapi.json'], 200],
      ];
      for (const [who, [method, path, body], status] of steps) {
        const answer = await call(method, path, body, bearer(who));
        expect([who, method, path, answer.status]).toEqual([who, method, path, status]);
      }
    });
  });

  it('want a token, but for whether the gateway lives', async () => {
    await onGateway({ tokens }, async ({ call }) => {
      for (const path of ['/v1/jobs', '/metrics', '/openapi.json', '/jobs/batch_size?job_id=x']) {
        const answer = await call('GET', path);
        expect(answer.status).toBe(401);
        expect(answer.headers.get('www-authenticate')).toMatch(/Bearer/);
      }
      expect((await call('GET', '/v1/jobs')).body.type).toBe('urn:wattbandit:unauthenticated');
      expect((await call('GET', '/jobs/batch_size?job_id=x')).body).toEqual({ message: expect.any(String) });
      for (const path of ['/healthz', '/readyz']) expect((await call('GET', path)).status).toBe(200);
    });
  });

  it('show a token that is for some jobs no others', async () => {
    await onGateway({ tokens }, async ({ call }) => {
      const as = bearer('airflow');
      await call('POST', '/v1/jobs', externalJob('mine-2'), bearer('root'));
      await call('POST', '/v1/jobs', externalJob('other-2'), bearer('root'));
      expect((await call('POST', '/v1/jobs', externalJob('other-3'), as)).status).toBe(404);
      expect((await call('POST', '/v1/jobs/other-2/decisions', {}, as)).status).toBe(404);
      expect((await call('POST', '/jobs', zeusJob(), as)).status).toBe(404);
      expect((await call('GET', '/jobs/batch_size?job_id=other-2', undefined, as)).status).toBe(404);
      const { body } = await call('GET', '/v1/jobs', undefined, as);
      const names = body.jobs.map(({ job }: { job: string }) => job);
      expect(names).toContain('mine-2');
      expect(names.filter((name: string) => !name.startsWith('mine-'))).toEqual([]);
    });
  });

  it('stop whoever asks too often, for a moment, and nobody else', async () => {
    await onGateway({ tokens, requestsPerSecond: 5 }, async ({ call }) => {
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => call('GET', '/metrics', undefined, bearer('reader'))),
      );
      const refused = answers.find(({ status }) => status === 429);
      expect(refused?.body).toMatchObject({ type: 'urn:wattbandit:tooMany', status: 429 });
      expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await call('GET', '/metrics', undefined, bearer('root'))).status).toBe(200);
    });
  });

  it('read no body beyond a mebibyte', async () => {
    await onGateway({}, async ({ call }) => {
      const answer = await call('POST', '/v1/jobs', { padding: 'x'.repeat(1024 * 1024) });
      expect(answer).toMatchObject({ status: 413, body: { type: 'urn:wattbandit:invalid', status: 413 } });
    });
  });
});

/** The operator's word through the gateway. */
import { externalJob, onGateway } from '../support/gateway';
import { createSigner, keySetFile, overrideClaims } from '../support/tokens';

const eta = { order: { kind: 'eta', eta: 0.7 }, reason: 'the deadline is near' };

describe('/v1/jobs/{job}/overrides', () => {
  it('sets, shows, counts once and clears what a known caller orders', async () => {
    await onGateway({}, async ({ call, job }) => {
      await call('POST', '/v1/jobs', externalJob(job));
      const path = `/v1/jobs/${job}/overrides`;
      const set = await call('POST', path, { ...eta, for: '1h' }, { 'idempotency-key': 'once' });
      expect(set).toMatchObject({
        status: 201,
        body: { result: 'applied', override: { id: 'once', order: eta.order, who: 'anonymous', signed: false } },
      });
      const again = await call('POST', path, { ...eta, for: '1h' }, { 'idempotency-key': 'once' });
      expect(again).toMatchObject({ status: 200, body: { result: 'known', id: 'once' } });
      await call('POST', path, { ...eta, order: { kind: 'eta', eta: 0.2 }, id: 'newer', for: '10m' });
      const { body: book } = await call('GET', path);
      expect(book.overrides).toMatchObject([
        { id: 'once', state: 'waiting', expiresAt: expect.any(String) },
        { id: 'newer', state: 'holding' },
      ]);
      expect(JSON.stringify(book)).not.toContain('null');
      expect((await call('POST', `/v1/jobs/${job}/decisions`, {})).body.eta).toBe(0.2);
      expect((await call('DELETE', `${path}/newer?reason=done`)).body).toEqual({ cleared: ['newer'] });
      expect((await call('DELETE', `${path}/newer?reason=done`)).status).toBe(404);
      expect((await call('DELETE', `${path}?reason=done`)).body).toEqual({ cleared: ['once'] });
      expect((await call('DELETE', path)).status).toBe(400);
    });
  });

  it('passes a signed word on to a worker that believes no other, and keeps it out of what it answers', async () => {
    const signer = await createSigner('ES256', 'ops-1');
    const jwks = { file: keySetFile(signer) };
    await onGateway({ hardware: { overrides: { tokens: { jwks } } } }, async ({ call, job }) => {
      await call('POST', '/v1/jobs', externalJob(job));
      const path = `/v1/jobs/${job}/overrides`;
      const unsigned = await call('POST', path, eta);
      expect(unsigned).toMatchObject({ status: 403, body: { detail: expect.stringContaining('not signed') } });
      const now = Math.floor(Date.now() / 1000);
      const token = await signer.sign(overrideClaims({ job, iat: now, exp: now + 900 }));
      const signed = await call('POST', path, { ...eta, for: 3600, token });
      expect(signed).toMatchObject({ status: 201, body: { override: { who: 'ada', signed: true } } });
      expect((await call('POST', path, { ...eta, for: 3600, token })).status).toBe(403);
      const { body: book } = await call('GET', path);
      expect(JSON.stringify([signed.body, book])).not.toContain(token);
    });
  });

  it('passes no signed word on that would lie open in history', async () => {
    await onGateway({ cover: { encrypted: false } }, async ({ call, job }) => {
      await call('POST', '/v1/jobs', externalJob(job));
      const refused = await call('POST', `/v1/jobs/${job}/overrides`, { ...eta, token: 'e.y.J' });
      expect(refused).toMatchObject({ status: 422, body: { detail: expect.stringContaining('--seal-key') } });
      expect(JSON.stringify(refused.body)).not.toContain('e.y.J');
    });
  });

  it('moves the trust of a job, and a decision says what is kept back', async () => {
    await onGateway({}, async ({ call, job }) => {
      await call('POST', '/v1/jobs', { ...externalJob(job), trust: 'shadow' });
      const shadow = (await call('POST', `/v1/jobs/${job}/decisions`, {})).body;
      expect(shadow.withheld).toMatchObject({ level: 'shadow', mode: 'first' });
      expect(shadow).not.toHaveProperty('powerLimitWatts');
      const order = { kind: 'trust', level: 'full' };
      await call('POST', `/v1/jobs/${job}/overrides`, { order, reason: 'a week went well' });
      expect((await call('POST', `/v1/jobs/${job}/decisions`, {})).body).not.toHaveProperty('withheld');
    });
  });

  it('refuses what is no order', async () => {
    await onGateway({}, async ({ call, job }) => {
      await call('POST', '/v1/jobs', externalJob(job));
      const path = `/v1/jobs/${job}/overrides`;
      for (const order of [{ kind: 'eta', eta: 2 }, { kind: 'dance' }, { kind: 'freeze', batchSize: 3 }, 'eta'])
        expect((await call('POST', path, { ...eta, order })).status).toBe(400);
    });
  });
});

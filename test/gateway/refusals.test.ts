/** Requests that no route takes: each is refused as problem details, like all others. */
import { type Call, externalJob, onGateway } from '../support/gateway';

const problem = (status: number, type = 'invalid') => ({ status, body: { type: `urn:wattbandit:${type}`, status } });

describe('the gateway', () => {
  it('answers a method that a path has not with those that it has', async () => {
    await onGateway({}, async ({ call, url, job }) => {
      await call('POST', '/v1/jobs', externalJob(job));
      const cases: readonly (readonly [method: Parameters<Call>[0], path: string, allow: string])[] = [
        ['PATCH', '/v1/jobs', 'GET, HEAD, POST'],
        ['POST', `/v1/jobs/${job}`, 'DELETE, GET, HEAD'],
        ['DELETE', `/v1/jobs/${job}/decisions`, 'GET, HEAD, POST'],
        ['PATCH', '/jobs', 'DELETE, POST'],
        ['POST', '/openapi.json', 'GET, HEAD'],
      ];
      for (const [method, path, allow] of cases) {
        const answer = await call(method, path, {});
        expect(answer).toMatchObject(problem(405));
        expect(answer.headers.get('allow')).toBe(allow);
        expect(answer.headers.get('content-type')).toBe('application/problem+json');
      }
      // It wants a content type, of which we do not get to speak.
      const query = await fetch(`${url}/v1/jobs`, { method: 'QUERY' });
      expect([query.status, query.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
      expect((await call('GET', `/v1/jobs/${job}`)).status).toBe(200);
      expect((await call('PATCH', '/nowhere', {})).status).toBe(404);
    });
  });

  it('says what is wrong with a path that cannot be read', async () => {
    await onGateway({}, async ({ call }) => {
      for (const path of ['/v1/jobs/%ZZ', '/v1/jobs/%ff']) expect(await call('GET', path)).toMatchObject(problem(400));
      expect(await call('GET', `/v1/jobs/${'x'.repeat(300)}`)).toMatchObject(problem(414));
    });
  });
});

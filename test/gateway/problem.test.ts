import { problemOf } from '../../gateway/problem';

/** As the client throws it. */
function grpcError(code: number): Error {
  return Object.assign(new Error('refused'), { code, details: 'no poller seen for task queue recently', metadata: {} });
}

describe('problemOf', () => {
  it('takes a server or a worker that is away for what passes, also behind another error', () => {
    for (const code of [1, 4, 8, 9, 14]) {
      expect(problemOf(grpcError(code))).toMatchObject({ status: 503, type: 'urn:wattbandit:unavailable' });
      expect(problemOf(new Error('Failed to query', { cause: grpcError(code) }))).toMatchObject({ status: 503 });
    }
  });

  it('knows no word for what nobody foresaw', () => {
    expect(problemOf(grpcError(13))).toBeUndefined();
    expect(problemOf(new TypeError('x is undefined'))).toBeUndefined();
  });
});

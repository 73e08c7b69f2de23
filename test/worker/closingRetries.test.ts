import { closingRetryOptions } from '../../worker/closingRetries';

/** RESOURCE_EXHAUSTED, as gRPC's client passes it on; its enum is in a package that is not ours to depend on. */
const refused = (details: string) => ({ code: 8, details, metadata: {} }) as never;
const closing = refused('workflow operation can not be applied because workflow is closing');
const overloaded = refused('namespace rate limit exceeded');

describe('closingRetryOptions', () => {
  const { delayFunction, retryableDecider } = closingRetryOptions();

  it('has what met a bandit that continues as new tried again at once, then less and less often', () => {
    expect(retryableDecider(1, closing)).toBe(true);
    expect([1, 2, 3].map((attempt) => delayFunction(attempt, closing))).toEqual([15, 30, 60]);
    expect(delayFunction(9, closing)).toBeLessThanOrEqual(6000);
  });

  it('leaves a server alone that has too much to do', () => {
    expect(delayFunction(1, overloaded)).toBeGreaterThan(1000);
  });
});

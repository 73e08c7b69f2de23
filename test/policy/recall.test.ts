import { createZeus, wattbandit } from '../../policy';
import type { Policy } from '../../policy/policy';

const job = { id: 'job', batchSizes: [64, 128], defaultBatchSize: 64, maxEpochs: 10 };
const policies: readonly Policy<unknown>[] = [wattbandit, createZeus()];

describe.each(policies.map((policy): [string, Policy<unknown>] => [policy.name, policy]))(
  'recall of %s',
  (_, policy) => {
    it('gives back what went through JSON', () => {
      const stored: unknown = JSON.parse(JSON.stringify(policy.begin(job)));
      expect(policy.recall(stored)).toEqual(policy.begin(job));
    });

    it.each([
      ['a newer version', { ...Object(policy.begin(job)), version: 2 }, /version 2, this program reads 1/],
      ['a memory without its parts', { version: 1 }, /Cannot recall/],
      ['something else', 'hello', /version none/],
      ['nothing', null, /version none/],
    ])('refuses %s instead of beginning anew', (_what, stored, message) => {
      expect(() => policy.recall(stored)).toThrow(message);
    });
  },
);

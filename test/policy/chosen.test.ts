import { type Choose, policyOf } from '../../policy/chosen';
import type { Ask } from '../../policy/policy';
import { createRandom } from '../../policy/random';
import { observation } from '../support/job';

const ask: Ask = {
  id: '0/1',
  job: { id: 'job', batchSizes: [32, 64], defaultBatchSize: 32, maxEpochs: 10 },
  gpus: { model: 'V100', count: 1, powerLimitsWatts: [100, 200] },
  objective: { eta: 0.5 },
  slot: '0',
  attempt: 1,
  inFlight: [],
  exploration: true,
};
const decide = (choose: Choose, changes: Partial<Ask> = {}) => {
  const policy = policyOf('mine', choose);
  return policy.decide(policy.begin(ask.job), { ...ask, ...changes }, createRandom(1));
};

describe('policyOf', () => {
  it('asks the function with all that was observed, and does what it says', () => {
    const policy = policyOf('mine', ({ observations }) => ({
      batchSize: observations.length === 2 ? 64 : 32,
      powerLimitWatts: null,
    }));
    const told = [observation(), observation()].reduce(
      (memory, of) => policy.observe(memory, of, ask.job),
      policy.begin(ask.job),
    );
    expect(policy.decide(told, ask, createRandom(1))).toMatchObject({ batchSize: 64, powerLimitWatts: null });
    expect(policy.recall(JSON.parse(JSON.stringify(told)))).toEqual(told);
  });

  it('draws the same from the same seed', () => {
    const choose: Choose = (_, random) => ({ batchSize: random.uniform() < 0.5 ? 32 : 64, powerLimitWatts: 100 });
    expect(decide(choose)).toEqual(decide(choose));
  });

  it('lets an operator’s pin stand above it', () => {
    const choose: Choose = () => ({ batchSize: 32, powerLimitWatts: 100 });
    expect(decide(choose, { pinnedBatchSize: 64 })).toMatchObject({ batchSize: 64 });
  });

  it.each([
    [{ batchSize: 48, powerLimitWatts: null }, /batch size 48 of 32, 64/],
    [{ batchSize: 32, powerLimitWatts: 150 }, /150 W of 100, 200 W/],
  ])('refuses %p, which is not there to be chosen', (choice, why) => {
    expect(() => decide(() => choice)).toThrow(why);
  });
});

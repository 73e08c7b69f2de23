import { writeFileSync } from 'node:fs';
import { createRandom } from '../../policy/random';
import { createTraceWorld } from '../../simulation/traceWorld';
import { contenderOf } from '../../worker/replay/policyFile';
import { temporaryFile } from '../support/zeusDatabase';

const job = { id: 'job', batchSizes: [32, 64], defaultBatchSize: 32, maxEpochs: 10 };
const world = createTraceWorld({ job, gpuModel: 'V100', samplesPerEpoch: null, target: 1, train: [], power: [] });
const ask = {
  ...{ id: '0/1', job, gpus: { model: 'V100', count: 1, powerLimitsWatts: [100, 200] }, objective: { eta: 0.5 } },
  ...{ slot: '0', attempt: 1, inFlight: [], exploration: true },
};

async function decided(text: string, name = 'mine.ts') {
  const file = temporaryFile(name);
  writeFileSync(file, text);
  const contender = await contenderOf(file);
  return contender.begin(world).decide(ask, createRandom(1), world);
}

describe('contenderOf', () => {
  it('knows the built-in policies by name', async () => {
    expect((await contenderOf('zeus')).name).toBe('zeus');
    await expect(contenderOf('nobody')).rejects.toThrow(/there are zeus, wattbandit/);
  });

  it('reads TypeScript, types and all, by `choose` or by its default export', async () => {
    const text = `import type { Choose } from 'wattbandit/policy';
      const size: number = 64;
      export const choose: Choose = ({ ask }) => ({ batchSize: size, powerLimitWatts: ask.gpus.powerLimitsWatts[0] ?? null });`;
    expect(await decided(text)).toMatchObject({ policy: 'mine.ts', batchSize: 64, powerLimitWatts: 100 });
    const js = 'export default () => ({ batchSize: 32, powerLimitWatts: null })';
    expect(await decided(js, 'mine.mjs')).toMatchObject({ batchSize: 32, powerLimitWatts: null });
  });

  it.each([
    ['has no function', 'export const choose = 3;', /must export a function/],
    ['is no program', 'export function (', /Cannot read the policy/],
    ['chooses nothing', 'export const choose = () => undefined;', /its choice: /],
    [
      'chooses half a size',
      'export const choose = () => ({ batchSize: 0.5, powerLimitWatts: null });',
      /batchSize: must be a whole number/,
    ],
    [
      'chooses what is not there',
      'export const choose = () => ({ batchSize: 48, powerLimitWatts: null });',
      /batch size 48 of 32, 64/,
    ],
    ['fails', "export const choose = () => { throw new Error('no idea'); };", /mine.ts: no idea/],
  ])('says of a file that %s what is wrong with it', async (_what, text, why) => {
    await expect(decided(text)).rejects.toThrow(why);
  });

  it('says so where there is no file', async () => {
    await expect(contenderOf('./nowhere.ts')).rejects.toMatchObject({
      remedy: 'invalid',
      message: expect.stringContaining('no such file'),
    });
  });
});

/** What `wattbandit` knows of one GPU model from another. */
import { wattbandit } from '../../policy/batchSize';
import { believe } from '../../policy/beliefs';
import type { Memory } from '../../policy/memory';
import type { Ask } from '../../policy/policy';
import { decide, rowOf, settled } from './wattbanditJobs';
import { a100, after, ask, job, measure, profile, run } from './world';

describe('decide on another GPU model', () => {
  const onA100 = (memory: Memory, more: Partial<Ask> = {}) => decide(memory, ask({ gpus: a100, ...more }));

  it('keeps what was learned of epochs', () => {
    expect(rowOf(onA100(settled), 512).predictedEpochs).toBe(rowOf(decide(settled, ask()), 512).predictedEpochs);
  });

  it('starts with the incumbent of the other model, without a limit, a ceiling or costs in joules', () => {
    const decision = onA100(settled);
    expect(decision.incumbent).toBe(decide(settled, ask()).incumbent);
    expect(decision).toMatchObject({ mode: 'exploit', powerLimitWatts: null, costCeilingJoules: null });
    expect(rowOf(decision, 512).predictedCostJoules).toBeNull();
    expect(decision.reason).toContain('nothing was measured on A100 yet');
  });

  it('knows the cost curve better after one run than without the other model', () => {
    const one = run(128, 20, { gpuModel: 'A100', measurements: profile(128, a100, 0.5) });
    const warm = onA100(wattbandit.observe(settled, one, job));
    const cold = onA100(after(wattbandit, [one]));
    expect(rowOf(warm, 1024).sd!).toBeLessThan(rowOf(cold, 1024).sd!);
    const truth = 20 * measure(256, 350, { slowness: 0.5 }).secondsPerEpoch;
    expect(Math.abs(Math.log(rowOf(warm, 256).predictedSeconds! / truth))).toBeLessThan(0.15);
  });

  it('relies on its own measurements once three sizes were measured here', () => {
    const own = [64, 128, 256].map((size) =>
      run(size, 20, { gpuModel: 'A100', measurements: profile(size, a100, 0.5) }),
    );
    const with3 = own.reduce((memory, of) => wattbandit.observe(memory, of, job), settled);
    const sds = believe(with3, ask({ gpus: a100 })).sizes.map(({ epochCostSd }) => epochCostSd);
    const alone = believe(after(wattbandit, own), ask({ gpus: a100 })).sizes.map(({ epochCostSd }) => epochCostSd);
    expect(sds).toEqual(alone);
  });
});

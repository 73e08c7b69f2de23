import type { Random } from '../../policy/random';
import type { ZeusRules } from '../../policy/batchSizeZeusReplay';
import type { Outcome } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import { Play, jobOf, six } from './zeusPlay';

/** "64:9 32:8x" → what Zeus's explorer tests reply; x: not reached. */
function follow(play: Play, script: string): number[] {
  return script.split(/[\s|]+/).map((step) => {
    const [, batchSize, cost, failed] = /^(\d+):([\d.]+)(x?)$/.exec(step)!;
    const decided = play.decide().batchSize;
    play.tell(Number(batchSize), Number(cost), failed ? 'diverged' : 'converged');
    return decided;
  });
}

function armsOf(decision: Decision): number[] {
  return decision.considered.filter((one) => one.predictedCostJoules !== null).map((one) => one.batchSize);
}

describe('pruning', () => {
  it.each([
    [128, '128:10 64:9 32:8 16:12 8:21x 256:15 | 32:8 16:12x 64:9 128:10 256:17x', [32, 64, 128]],
    [256, '256:7 128:8 64:9 32:13 16:22x | 256:8 128:8.5 64:9 32:12', [32, 64, 128, 256]],
    [64, '64:10 32:8 16:12 8:15 128:12 256:13 | 32:7 16:10 8:15 64:10 128:12 256:13', [8, 16, 32, 64, 128, 256]],
  ])('from %d goes %s', (start, script, arms) => {
    const play = new Play({ ...six, defaultBatchSize: start }, { beta: null });
    expect(follow(play, script)).toEqual(script.split(/[\s|]+/).map((step) => Number(step.split(':')[0])));
    expect(armsOf(play.decide())).toEqual(arms);
  });

  it('goes on upward when the default fails', () => {
    const play = new Play(jobOf([32, 64, 128], 64));
    play.tell(64, 10, 'diverged');
    expect(play.decide().batchSize).toBe(128);
  });

  it('repeats a round that nothing survived', () => {
    const play = new Play(jobOf([32, 64], 32));
    expect(follow(play, '32:9x 64:9x 32:9 64:8 64:8')).toEqual([32, 64, 32, 64, 64]);
  });

  it('has one arm where there is one size', () => {
    const play = new Play(jobOf([32], 32));
    expect(follow(play, '32:9 32:10 32:9')).toEqual([32, 32, 32]);
    expect(armsOf(play.decide())).toEqual([32]);
  });

  it.each<Outcome>(['infrastructure', 'preempted', 'operator'])('learns nothing from a run lost to %s', (outcome) => {
    const play = new Play(six);
    play.tell(128, 10);
    const before = play.memory.gpus;
    play.tell(64, 1, outcome);
    expect(play.memory.gpus).toEqual(before);
    expect(play.decide().batchSize).toBe(64);
  });

  it('drops a size that runs out of memory', () => {
    const play = new Play(six);
    play.tell(128, 10);
    play.tell(64, 0, 'outOfMemory', { epochs: 0 });
    expect(play.decide().batchSize).toBe(256);
  });

  it('runs the best known size while the awaited one is in flight', () => {
    const play = new Play(six);
    expect(play.decide({ inFlight: [128] })).toMatchObject({ batchSize: 128, mode: 'exploit' });
    play.tell(128, 10);
    play.tell(64, 8);
    expect(play.decide({ inFlight: [32] })).toMatchObject({ batchSize: 64, mode: 'exploit' });
    expect(play.decide({ inFlight: [16] })).toMatchObject({ batchSize: 32, mode: 'explore' });
  });
});

describe('the cost ceiling', () => {
  it('is β times the cheapest recurrence, with all its failed tries', () => {
    const play = new Play(six);
    expect(play.decide().costCeilingJoules).toBeNull();
    play.tell(128, 10);
    expect(play.decide().costCeilingJoules).toBe(20);
    play.tell(64, 5, 'tooDear');
    expect(play.decide().costCeilingJoules).toBe(20);
    play.tell(256, 4);
    expect(play.decide().costCeilingJoules).toBe(18);
  });

  it('does not fall when a cheap run fails', () => {
    const play = new Play(six);
    play.tell(128, 100);
    play.tell(64, 40, 'diverged');
    expect(play.decide().costCeilingJoules).toBe(200);
  });

  it('is absent without β', () => {
    const play = new Play(six, { beta: null });
    play.tell(128, 10);
    expect(play.decide().costCeilingJoules).toBeNull();
  });
});

describe('the arms', () => {
  const two = jobOf([32, 64], 64);
  const pruned = (rules: Partial<ZeusRules> = {}, random?: Random): Play => {
    const play = new Play(two, rules, random);
    follow(play, '64:10 32:20 64:12 32:20');
    return play;
  };

  it('say their mean and precision, and nothing infinite', () => {
    const [small, large] = pruned().decide().considered;
    expect(small).toMatchObject({ predictedCostJoules: 20, sd: 0 });
    expect(small?.verdict).toContain('precision unbounded');
    expect(large?.predictedCostJoules).toBe(11);
    // Variance 1 of two results: the mean's standard error is √½.
    expect(large?.sd).toBeCloseTo(Math.SQRT1_2 / 11, 12);
    expect(large?.verdict).toContain('taken; reward mean -11.0000 J, precision 2.000/J², 2 results, drew -11.0000 J');
  });

  it('take what cannot run a single epoch for a hundred ceilings', () => {
    const play = pruned();
    play.tell(32, 0, 'tooDear', { epochs: 0 });
    const [small] = play.decide().considered;
    expect(small?.predictedCostJoules).toBeCloseTo((20 + 20 + 100 * 2 * 10) / 3, 9);
  });

  it('keep the latest results only, given a window', () => {
    const play = new Play(jobOf([32], 32), { window: 3 });
    for (let cost = 10; cost <= 17; cost++) play.tell(32, cost);
    expect(play.decide().considered[0]?.predictedCostJoules).toBe(16);
  });

  it('are explored in random order while they have too few results', () => {
    const chosen = [0, 0.999].map((uniform) => {
      const play = new Play(two, { pruningRounds: 1 }, { uniform: () => uniform, normal: (mean) => mean });
      follow(play, '64:10 32:20');
      return play.decide().batchSize;
    });
    expect(chosen).toEqual([32, 64]);
  });

  it('may be taken again after they began to fail', () => {
    const draws = { uniform: () => 0, normal: (mean: number) => mean };
    const play = new Play(two, {}, draws);
    for (const cost of [5, 5]) {
      play.tell(64, 2 * cost);
      play.tell(32, cost);
    }
    expect(play.decide().batchSize).toBe(32);
    for (let n = 0; n < 3; n++) play.tell(32, 500, 'diverged');
    expect(play.decide().batchSize).toBe(64);
    draws.normal = (mean) => (mean < -100 ? 0 : mean);
    expect(play.decide().batchSize).toBe(32);
  });

  it('may be tried at once, without any pruning', () => {
    const play = new Play(two, { pruningRounds: 0 });
    expect(play.decide().mode).toBe('explore');
  });

  it('are priced under the η of the moment', () => {
    const play = new Play(two);
    const dear = { seconds: 1000 };
    play.tell(64, 10, 'converged', { seconds: 1 });
    play.tell(32, 5, 'converged', dear);
    play.tell(64, 10, 'converged', { seconds: 1 });
    play.tell(32, 5, 'converged', dear);
    expect(play.decide().batchSize).toBe(32);
    expect(play.decide({ objective: { eta: 0 } }).batchSize).toBe(64);
  });

  it('are not carried to another GPU model', () => {
    const decision = pruned().decide({ gpus: { model: 'a40', count: 1, powerLimitsWatts: [100, 300] } });
    expect(decision).toMatchObject({ batchSize: 64, mode: 'first', costCeilingJoules: null });
  });
});

describe('forget', () => {
  it('leaves out trials that decide nothing, and the next decision is the same', () => {
    const play = new Play(jobOf([32, 64], 64), { window: 5 });
    for (let n = 0; n < 300; n++) play.tell(n % 2 === 0 ? 32 : 64, 100 + ((n * 7919) % 89));
    const before = play.decide();
    play.memory = play.policy.forget!(play.memory);
    expect(play.decide()).toEqual(before);
    expect(play.memory.gpus['v100']!.trials.length).toBeLessThan(60);
  });

  it('leaves out nothing where all results count', () => {
    const play = new Play(jobOf([32, 64], 64));
    for (let n = 0; n < 50; n++) play.tell(32, 100 + n);
    expect(play.policy.forget!(play.memory)).toEqual(play.memory);
  });
});

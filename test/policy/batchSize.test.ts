/** What an operator may expect of `wattbandit`, point by point. */
import { createWattbandit, wattbandit } from '../../policy/batchSize';
import { believe } from '../../policy/beliefs';
import type { Memory } from '../../policy/memory';
import { choosePowerLimit } from '../../policy/powerLimit';
import { createRandom } from '../../policy/random';
import { decide, empty, rowOf, settled, started } from './wattbanditJobs';
import { a100, after, anyRandom, ask, failedRun, job, probesAround, profile, run, v100 } from './world';

/** With one other size and energy alone in view, the trial has a price that one later run cannot earn back. */
const pair = { job: { ...job, batchSizes: [128, 512] }, objective: { eta: 1 } };

describe('decide', () => {
  it('starts with the default batch size, profiles while it trains, and sets no ceiling', () => {
    const decision = decide(empty, ask());
    expect(decision).toMatchObject({ batchSize: 128, mode: 'first', powerLimitWatts: null, costCeilingJoules: null });
    expect(decision.reason).toBe('Batch size 128: the default, since no run has converged yet.');
  });

  it('explores when the saving over the runs to come outweighs the price, and says so', () => {
    const decision = decide(started, ask());
    expect(decision.mode).toBe('explore');
    expect(rowOf(decision, decision.batchSize).verdict).toBe('worth trying');
    expect(decision.reason).toMatch(
      /^Trying batch size \d+: expected to cost .* than a run at 128 .* stopped if it costs 1\.75 times a run at 128\.$/,
    );
  });

  it('stops an unproven size at 1.75 times the incumbent, and a proven one at 3 times its own prediction', () => {
    const trial = decide(started, ask());
    expect(trial.costCeilingJoules).toBeCloseTo(1.75 * rowOf(trial, 128).predictedCostJoules!, 3);
    const incumbent = decide(started, ask({ exploration: false }));
    expect(incumbent.costCeilingJoules).toBeCloseTo(3 * rowOf(incumbent, 128).predictedCostJoules!, 3);
  });

  it('doubles the ceiling of a proven size with every failure in a row, until a run converges', () => {
    const ceilingOver = (memory: Memory) => {
      const decision = decide(memory, ask({ exploration: false }));
      return decision.costCeilingJoules! / rowOf(decision, decision.batchSize).predictedCostJoules!;
    };
    const failing = [failedRun(128, 60, 'tooDear'), failedRun(128, 60, 'tooDear')];
    const twice = failing.reduce((memory, of) => wattbandit.observe(memory, of, job), started);
    expect(ceilingOver(twice)).toBeCloseTo(12, 9);
    expect(ceilingOver(wattbandit.observe(twice, run(128, 20), job))).toBeCloseTo(3, 9);
  });

  it('gives the best measured power limit of a profiled size under η, and null for one that was only probed', () => {
    for (const eta of [0.2, 0.5, 1]) {
      const decision = decide(settled, ask({ objective: { eta } }));
      const best = choosePowerLimit(eta, 250, { kind: 'free' })(profile(decision.batchSize));
      expect(decision.powerLimitWatts).toBe(best.powerLimitWatts);
    }
    expect(decide(started, ask()).powerLimitWatts).toBeNull();
  });

  it('chooses only among the limits that may be set now', () => {
    const capped = { ...v100, powerLimitsWatts: [100, 150] };
    expect(decide(settled, ask({ gpus: capped, objective: { eta: 0 } })).powerLimitWatts).toBe(150);
  });

  it('prices the same past anew when η changes', () => {
    const fast = decide(settled, ask({ exploration: false, objective: { eta: 0 } }));
    const frugal = decide(settled, ask({ exploration: false, objective: { eta: 1 } }));
    expect(frugal.powerLimitWatts!).toBeLessThan(fast.powerLimitWatts!);
    expect(rowOf(fast, 128).predictedEpochs).toBe(rowOf(frugal, 128).predictedEpochs);
  });

  it('never explores on a retry, while exploration is paused, or when no recurrence follows', () => {
    expect(decide(started, ask({ attempt: 2 }))).toMatchObject({ batchSize: 128, mode: 'retry' });
    const paused = decide(started, ask({ exploration: false }));
    expect(paused).toMatchObject({ batchSize: 128, mode: 'exploit' });
    expect(paused.reason).toContain('exploration is paused');
    expect(decide(started, ask({ remainingRecurrences: 0 }))).toMatchObject({ batchSize: 128, mode: 'exploit' });
  });

  it('takes the recurrences still to come as its horizon where they are known', () => {
    const few = decide(started, ask({ ...pair, remainingRecurrences: 1 }));
    const many = decide(started, ask({ ...pair, remainingRecurrences: 10 }));
    expect(few.mode).toBe('exploit');
    expect(many.mode).toBe('explore');
  });

  it('tries one unproven size at a time, and none that is in flight', () => {
    const trial = decide(started, ask()).batchSize;
    const second = decide(started, ask({ inFlight: [trial] }));
    expect(second).toMatchObject({ batchSize: 128, mode: 'exploit' });
    expect(second.reason).toContain('another trial is still in flight');
    expect(rowOf(second, trial).verdict).toBe('in flight: its outcome is awaited');
  });

  it('does not let runs in flight move a prediction, only its certainty', () => {
    const alone = rowOf(decide(started, ask()), 512);
    const overlapping = rowOf(decide(started, ask({ inFlight: [512] })), 512);
    expect(overlapping.predictedEpochs).toBe(alone.predictedEpochs);
    expect(overlapping.sd!).toBeLessThan(alone.sd!);
  });

  it('follows the operator: a pin bounds only a size that never converged, at 3.5 times the incumbent', () => {
    const unproven = decide(started, ask({ pinnedBatchSize: 32 }));
    expect(unproven).toMatchObject({ batchSize: 32, mode: 'pinned' });
    expect(unproven.costCeilingJoules).toBeCloseTo(3.5 * rowOf(unproven, 128).predictedCostJoules!, 3);
    expect(decide(started, ask({ pinnedBatchSize: 128 }))).toMatchObject({ mode: 'pinned', costCeilingJoules: null });
    expect(decide(empty, ask({ pinnedBatchSize: 64 }))).toMatchObject({ batchSize: 64, mode: 'pinned' });
  });

  it('obeys a pin that is not among the sizes of the job', () => {
    expect(decide(started, ask({ pinnedBatchSize: 200 }))).toMatchObject({ batchSize: 200, mode: 'pinned' });
  });

  it('retries with the incumbent when a pinned size has only ever failed', () => {
    const failed = wattbandit.observe(started, failedRun(1024, 3, 'diverged'), job);
    expect(decide(failed, ask({ pinnedBatchSize: 1024 })).batchSize).toBe(1024);
    expect(decide(failed, ask({ pinnedBatchSize: 1024, attempt: 2 }))).toMatchObject({ batchSize: 128, mode: 'retry' });
  });

  it('retries with the incumbent when a pinned size does not fit the GPU, though it may fit another', () => {
    const elsewhere = wattbandit.observe(started, run(1024, 20, { gpuModel: 'A100' }), job);
    for (const memory of [started, elsewhere]) {
      const tooLarge = wattbandit.observe(memory, failedRun(1024, 0, 'outOfMemory'), job);
      expect(decide(tooLarge, ask({ pinnedBatchSize: 1024, attempt: 2 }))).toMatchObject({
        batchSize: 128,
        mode: 'retry',
      });
    }
  });

  it('trusts sizes within the trust region only', () => {
    const within = (trustRegion: 'cautious' | 'standard' | 'aggressive') =>
      createWattbandit({ trustRegion })
        .decide(started, ask(), anyRandom)
        .considered.filter(({ verdict }) => verdict !== 'too far from a batch size that has converged')
        .map(({ batchSize }) => batchSize);
    expect(within('cautious')).toEqual([64, 128, 256]);
    expect(within('standard')).toEqual([32, 64, 128, 256, 512]);
    expect(within('aggressive')).toEqual(job.batchSizes);
  });

  it('draws nothing at random', () => {
    const one = wattbandit.decide(started, ask(), createRandom(1));
    expect(wattbandit.decide(started, ask(), createRandom(2))).toEqual(one);
  });
});

describe('decide before anything converged', () => {
  const afterDefaultFailed = after(wattbandit, [failedRun(128, 9, 'diverged')]);

  it('goes to the nearest size that failed least, the smaller of two', () => {
    expect(decide(afterDefaultFailed, ask())).toMatchObject({ batchSize: 64, mode: 'first', costCeilingJoules: null });
    expect(decide(afterDefaultFailed, ask({ attempt: 2 }))).toMatchObject({ batchSize: 64, mode: 'retry' });
    const both = wattbandit.observe(afterDefaultFailed, failedRun(64, 9, 'diverged'), job);
    expect(decide(both, ask()).batchSize).toBe(256);
  });

  it('says what to check when every size is out', () => {
    const hopeless = after(
      wattbandit,
      job.batchSizes.map((size) => failedRun(size, 200, 'diverged', { reachedEpochLimit: true })),
    );
    const decision = decide(hopeless, ask());
    expect(decision.batchSize).toBe(128);
    expect(decision.reason).toContain('check the target, the epoch limit and the GPU memory');
  });
});

describe('decide after a size ran out of memory', () => {
  const memory = wattbandit.observe(started, failedRun(512, 0, 'outOfMemory'), job);

  it('rules it and all larger sizes out on that GPU model', () => {
    const decision = decide(memory, ask());
    expect(rowOf(decision, 512).verdict).toBe('ruled out: out of memory on V100');
    expect(rowOf(decision, 1024).verdict).toBe('ruled out: out of memory on V100');
    expect(rowOf(decision, 256).verdict).not.toContain('ruled out');
  });

  it('says nothing of other GPU models, nor of the epochs', () => {
    expect(rowOf(decide(memory, ask({ gpus: a100 })), 512).verdict).not.toContain('ruled out');
    expect(rowOf(decide(memory, ask()), 512).predictedEpochs).toBe(rowOf(decide(started, ask()), 512).predictedEpochs);
  });

  it('leaves a default that does not fit for the nearest size that does', () => {
    const tooLarge = wattbandit.observe(started, failedRun(128, 0, 'outOfMemory'), job);
    expect(decide(tooLarge, ask())).toMatchObject({ batchSize: 64, incumbent: null });
    expect(decide(tooLarge, ask()).reason).toContain('no size that has converged fits V100');
  });
});

describe('believe', () => {
  it('is what decide goes by, under any objective', () => {
    for (const eta of [0, 0.5, 1]) {
      const of = ask({ objective: { eta } });
      const { considered } = decide(settled, of);
      const { sizes } = believe(settled, of);
      expect(sizes.map(({ costJoules }) => costJoules)).toEqual(considered.map((row) => row.predictedCostJoules));
    }
  });

  it('holds epochs wasted on a size that converges only sometimes against it', () => {
    const half = [1, 2, 3].flatMap(() => [run(256, 20), failedRun(256, 40, 'diverged')]);
    const wasteful = half.reduce((memory, of) => wattbandit.observe(memory, of, job), settled);
    const careful = [1, 2, 3].reduce((memory) => wattbandit.observe(memory, run(256, 20), job), settled);
    const costAt = (memory: Memory) => believe(memory, ask()).sizes[3]!.costJoules;
    expect(costAt(wasteful)).toBeGreaterThan(1.3 * costAt(careful));
  });
});

describe('createWattbandit', () => {
  it('finds the cheapest size of a noisy job within twenty recurrences, nearly always', () => {
    // 96 % of 1,000 other seeds came within 5 %. With free seeds fewer than 43 of 50 happen once in 4,000 times; these are fixed.
    const trueEpochs = (size: number) => 20 * (1 + 0.4 * (size / 256)) * (1 + 0.3 * (64 / size));
    const cost = (size: number) => trueEpochs(size) * Math.min(...profile(size).map((at) => epochJoules(at)));
    const epochJoules = (at: { averageWatts: number; secondsPerEpoch: number }) =>
      (0.5 * at.averageWatts + 0.5 * 250) * at.secondsPerEpoch;
    const best = Math.min(...job.batchSizes.map(cost));
    let near = 0;
    for (let seed = 1; seed <= 50; seed++) {
      const random = createRandom(seed);
      let memory = wattbandit.begin(job);
      for (let i = 0; i < 20; i++) {
        const { batchSize, mode } = wattbandit.decide(memory, ask(), random);
        const epochs = Math.round(trueEpochs(batchSize) * Math.exp(random.normal(0, 0.08)));
        const probes = mode === 'first' ? probesAround(batchSize) : [];
        memory = wattbandit.observe(
          memory,
          run(batchSize, epochs, { measurements: [...profile(batchSize), ...probes] }),
          job,
        );
      }
      if (cost(decide(memory, ask()).incumbent!) <= 1.05 * best) near += 1;
    }
    expect(near).toBeGreaterThanOrEqual(43);
  });

  it('remembers 17 sizes at one limit in less than 3 kB', () => {
    const random = createRandom(7);
    const sizes = Array.from({ length: 17 }, (_, i) => 8 * 2 ** i);
    const large = { ...job, batchSizes: sizes, defaultBatchSize: 256 };
    const gpus = { ...v100, powerLimitsWatts: [250] };
    const runs = [...sizes, ...sizes].map((size) =>
      run(size, 20 + Math.floor(20 * random.uniform()), { measurements: [{ ...profile(size, gpus)[0]! }] }),
    );
    const memory = after(wattbandit, runs, large);
    expect(Object.keys(memory.converged)).toHaveLength(17);
    expect(JSON.stringify(memory).length).toBeLessThan(3000);
  });

  it('takes single parameters over its defaults', () => {
    const hasty = createWattbandit({ parameters: { horizon: 1 } });
    expect(decide(started, ask(pair)).mode).toBe('explore');
    expect(hasty.decide(started, ask(pair), anyRandom).mode).toBe('exploit');
  });
});

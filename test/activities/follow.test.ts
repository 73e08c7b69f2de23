import { Follower } from '../../activities/training/follow';
import type { Decision } from '../../policy/policy';
import { decision, jobSpec } from '../support/job';

const gpus = { model: 'V100', count: 1, powerLimitsWatts: [100, 200] };
const spec = jobSpec({ maxEpochs: 5 });

const follower = (changes: Partial<Decision> = {}) => new Follower({ decision: decision(changes), spec, gpus });

/** Ten seconds and 1,000 J an epoch. */
const after = (epochs: number) => ({ epochs, seconds: 10 * epochs, joules: 1000 * epochs });
const progress = (epochs: number) => [{ kind: 'progress', epochs, atSeconds: 10 * epochs }, after(epochs)] as const;
const epoch = (n: number, metric: number) =>
  [{ kind: 'epoch', epoch: n, metric, atSeconds: 10 * n }, after(n)] as const;

describe('Follower', () => {
  it('holds the decided limit throughout', () => {
    const run = follower({ powerLimitWatts: 100 });
    expect(run.limitWatts).toBe(100);
    run.see(...progress(0.5));
    run.see(...progress(1));
    expect(run.limitWatts).toBe(100);
    expect(run.measurements(after(2))).toEqual([
      { batchSize: 1024, powerLimitWatts: 100, secondsPerEpoch: 10, averageWatts: 100, source: 'run' },
    ]);
  });

  it('profiles when no limit was decided, then holds the cheapest under η', () => {
    const run = follower({ powerLimitWatts: null, objective: { eta: 1 } });
    expect(run.limitWatts).toBe(200);
    run.see(...progress(0.1));
    run.see({ kind: 'progress', epochs: 0.2, atSeconds: 2 }, { epochs: 0.2, seconds: 2, joules: 300 });
    expect(run.limitWatts).toBe(100);
    run.see({ kind: 'progress', epochs: 0.3, atSeconds: 4 }, { epochs: 0.3, seconds: 4, joules: 400 });
    expect(run.runningAt(after(0.3))).toBeUndefined();
    run.see({ kind: 'progress', epochs: 0.4, atSeconds: 5.5 }, { epochs: 0.4, seconds: 5.5, joules: 500 });
    expect(run.limitWatts).toBe(100);
    expect(run.runningAt(after(0.4))?.averageWatts).toBeCloseTo(100 / 1.5, 9);
  });

  it('measures the run at the limit in force where that is to be left alone, whoever wants another', () => {
    const run = follower({ powerLimitWatts: null, profiled: [] });
    run.leaveAlone(199.6);
    run.measureBy('exact');
    expect([run.limitWatts, run.mayBeSet, run.isProfiling]).toEqual([200, false, false]);
    run.see(...progress(0.5));
    expect(run.obey({ tuning: false })).toBe(false);
    expect(run.steer(100)).toBe(false);
    run.see(...progress(1));
    expect(run.measurements(after(1))).toEqual([
      { batchSize: 1024, powerLimitWatts: 200, secondsPerEpoch: 10, averageWatts: 100, source: 'run' },
    ]);
    expect(run.remarked({ outcome: 'converged', reachedEpochLimit: false })).not.toHaveProperty('detail');
  });

  it('calls what it measured probes when the run ends in the middle of its profile', () => {
    const run = follower({ powerLimitWatts: null });
    run.see(...progress(0.1));
    run.see(...progress(0.2));
    expect(run.measurements(after(0.2)).map(({ powerLimitWatts, source }) => [powerLimitWatts, source])).toEqual([
      [200, 'probe'],
    ]);
    run.see(...progress(0.3));
    run.see(...progress(0.4));
    expect(run.measurements(after(0.4)).map(({ source }) => source)).toEqual(['profile', 'profile']);
  });

  it('ends converged at the target, whichever way the metric goes', () => {
    expect(follower().see(...epoch(1, 0.6))).toEqual({ outcome: 'converged', reachedEpochLimit: false });
    expect(follower().see(...epoch(1, 0.59))).toBeUndefined();
    const wordErrors = jobSpec({ target: { metric: 'wer', value: 40, direction: 'atMost' } });
    const run = new Follower({ decision: decision(), spec: wordErrors, gpus });
    expect(run.see(...epoch(1, 41))).toBeUndefined();
    expect(run.see(...epoch(2, 40))?.outcome).toBe('converged');
  });

  it('calls a metric that is not a number diverged', () => {
    expect(follower().see(...epoch(1, Number.NaN))).toMatchObject({
      outcome: 'diverged',
      detail: 'accuracy became NaN in epoch 1',
    });
  });

  it('ends at the job’s epoch limit and says so', () => {
    expect(follower().see(...epoch(5, 0.1))).toEqual({ outcome: 'diverged', reachedEpochLimit: true });
  });

  it('stops before the epoch that would pass the ceiling, not after it', () => {
    const epochCost = 0.5 * 1000 + 0.5 * 200 * 10;
    const run = follower({ costCeilingJoules: 3.5 * epochCost });
    run.see(...progress(0.5));
    expect(run.see(...epoch(2, 0.1))).toBeUndefined();
    expect(run.see(...epoch(3, 0.1))).toEqual({ outcome: 'tooDear', reachedEpochLimit: false });
    expect(run.epochs).toBe(3);
  });

  it('prefers reaching the target to stopping', () => {
    const run = follower({ costCeilingJoules: 1 });
    run.see(...progress(0.5));
    expect(run.see(...epoch(1, 0.7))?.outcome).toBe('converged');
  });

  it('passes on what the trainer says of its failure', () => {
    const failed = { kind: 'failed', failure: 'outOfMemory', detail: 'CUDA out of memory', atSeconds: 1 } as const;
    expect(follower().see(failed, after(0))?.outcome).toBe('outOfMemory');
  });

  it('stops a run that passes the ceiling while it profiles', () => {
    const epochCost = 0.5 * 1000 + 0.5 * 200 * 10;
    const run = follower({ powerLimitWatts: null, costCeilingJoules: 2.5 * epochCost });
    expect(run.see(...epoch(1, 0.1))).toBeUndefined();
    expect(run.see(...epoch(2, 0.1))).toEqual({ outcome: 'tooDear', reachedEpochLimit: false });
  });

  it('profiles by whole epochs where the trainer reports nothing else', () => {
    const run = follower({ powerLimitWatts: null });
    const held = [run.limitWatts];
    for (let n = 1; n < 5; n++) {
      run.see(...epoch(n, 0.1));
      held.push(run.limitWatts);
    }
    expect(held).toEqual([200, 200, 100, 100, run.limitWatts]);
    expect(run.measurements(after(4)).map(({ powerLimitWatts }) => powerLimitWatts)).toEqual([200, 100]);
  });

  it('keeps the time of an evaluation out of a profile that it falls into', () => {
    const run = follower({ powerLimitWatts: null });
    run.see(...progress(0.9));
    run.see(...progress(1));
    run.see({ kind: 'progress', epochs: 1.1, atSeconds: 11 }, after(1.1));
    const evaluated = { epochs: 1.1, seconds: 111, joules: 1100 };
    run.see({ kind: 'epoch', epoch: 1, metric: 0.1, atSeconds: 111 }, evaluated);
    const later = { epochs: 1.2, seconds: 112, joules: 1200 };
    run.see({ kind: 'progress', epochs: 1.2, atSeconds: 112 }, later);
    for (const { secondsPerEpoch } of run.measurements(later)) expect(secondsPerEpoch).toBeCloseTo(10, 6);
    expect(run.measurements(later)).toHaveLength(2);
  });

  it('counts an epoch that is reported twice, or again after a restart, once', () => {
    const run = follower();
    for (const n of [1, 2, 2, 1]) run.see(...epoch(n, 0.1));
    expect(run.epochs).toBe(2);
  });

  it('holds the pace that the objective asks for when it chooses from its profile', () => {
    const run = follower({
      powerLimitWatts: null,
      objective: { eta: 1 },
      pace: { kind: 'ofMaximumPower', factor: 1.1 },
    });
    run.see(...progress(0.1));
    run.see({ kind: 'progress', epochs: 0.2, atSeconds: 2 }, { epochs: 0.2, seconds: 2, joules: 300 });
    run.see({ kind: 'progress', epochs: 0.3, atSeconds: 4 }, { epochs: 0.3, seconds: 4, joules: 400 });
    run.see({ kind: 'progress', epochs: 0.4, atSeconds: 5.5 }, { epochs: 0.4, seconds: 5.5, joules: 410 });
    expect(run.limitWatts).toBe(200);
  });

  describe('with what is really in force', () => {
    const set = (watts: number) => ({ kind: 'set', watts }) as const;
    const foreign = { kind: 'foreign', uuid: 'GPU-1', watts: 180 } as const;
    const condition = (watts: number) => ({ limitsWatts: [watts], heldBack: false });

    it('leaves the limit of an administrator alone, says so, and calls what it measured probes', () => {
      const run = follower({ powerLimitWatts: null });
      run.held(set(200), 0);
      for (const at of [0.1, 0.2]) run.see(...progress(at));
      expect(run.limitWatts).toBe(100);
      run.held(foreign, 2);
      expect([run.limitWatts, run.isProfiling, run.mayBeSet]).toEqual([180, false, false]);
      for (const at of [0.3, 0.4, 0.5]) run.see(...progress(at));
      expect(run.measurements(after(0.5)).map((at) => [at.powerLimitWatts, at.source])).toEqual([
        [200, 'probe'],
        [180, 'run'],
      ]);
      const ending = run.remarked({ outcome: 'converged', reachedEpochLimit: false });
      expect(ending.detail).toBe(
        'somebody else set the power limit of GPU GPU-1 to 180 W while it trained; that was left alone',
      );
    });

    it('counts the run’s average under the limit that stands for the one in force', () => {
      const run = follower({ powerLimitWatts: 200 });
      run.held(set(150), 0);
      run.see(...progress(0.5));
      expect(run.measurements(after(1))).toMatchObject([{ powerLimitWatts: 200, source: 'run' }]);
      const clamped = new Follower({
        decision: decision(),
        spec,
        gpus: { ...gpus, powerLimitsWatts: [100, 150, 200] },
      });
      clamped.held(set(140), 0);
      clamped.see(...progress(0.5));
      expect(clamped.measurements(after(1))).toMatchObject([{ powerLimitWatts: 150 }]);
      expect(clamped.runningAt(after(1))).toMatchObject({ powerLimitWatts: 150 });
    });

    it('holds the highest limit where something else caps the GPUs below all', () => {
      const run = follower({ powerLimitWatts: null });
      run.see(...progress(0.1), { ...condition(200), enforcedWatts: 80 });
      expect([run.limitWatts, run.isProfiling]).toEqual([200, false]);
      expect(run.measurements(after(0.1))).toEqual([]);
    });

    it('begins a window anew when another limit was in force, heat held the GPUs back, or the trainer went back', () => {
      const disturbances = [
        (run: Follower) => run.see(...progress(0.2), condition(150)),
        (run: Follower) => run.see(...progress(0.2), { ...condition(200), heldBack: true }),
        (run: Follower) => run.see({ kind: 'progress', epochs: 0.05, atSeconds: 2 }, { ...after(0.1), seconds: 2 }),
      ];
      for (const disturb of disturbances) {
        const run = follower({ powerLimitWatts: null });
        run.held(set(200), 0);
        run.see(...progress(0.1), condition(200));
        disturb(run);
        expect(run.limitWatts).toBe(200);
        run.see(...progress(0.3), condition(200));
        expect(run.limitWatts).toBe(200);
        run.see(...progress(0.4), condition(200));
        expect(run.limitWatts).toBe(100);
      }
    });
  });

  describe('with limits that earlier runs measured', () => {
    const known = (powerLimitWatts: number, averageWatts = powerLimitWatts) =>
      ({ batchSize: 1024, powerLimitWatts, secondsPerEpoch: 10, averageWatts, source: 'profile' }) as const;

    it('measures the missing ones only, chooses among all, and tells the whole profile', () => {
      const run = follower({ powerLimitWatts: null, profiled: [known(200)], objective: { eta: 1 } });
      expect(run.limitWatts).toBe(100);
      for (const at of [0.1, 0.2]) run.see(...progress(at));
      expect([run.limitWatts, run.isProfiling]).toEqual([100, false]);
      expect(run.measurements(after(0.2)).map((at) => [at.powerLimitWatts, at.source])).toEqual([
        [200, 'profile'],
        [100, 'profile'],
      ]);
    });

    it('chooses at once where none is missing', () => {
      const run = follower({ powerLimitWatts: null, profiled: [known(200), known(100, 250)], objective: { eta: 1 } });
      expect([run.limitWatts, run.isProfiling]).toEqual([200, false]);
      run.see(...epoch(1, 0.1));
      expect(run.measurements(after(1)).every(({ source }) => source === 'profile')).toBe(true);
    });
  });

  describe('steered from outside', () => {
    it('holds the new limit, and keeps an average of each', () => {
      const run = follower({ powerLimitWatts: 200 });
      run.see(...progress(1));
      run.see(...progress(2));
      expect(run.steer(100)).toBe(true);
      expect(run.limitWatts).toBe(100);
      // Twice as slow from here on; the first report under the new limit still has some of the old one in it.
      const slow = (epochs: number) => ({ epochs, seconds: 20 * epochs - 20, joules: 500 * epochs + 1000 });
      for (const epochs of [2.5, 3, 3.5]) {
        run.see({ kind: 'progress', epochs, atSeconds: slow(epochs).seconds }, slow(epochs));
      }
      expect(run.measurements(slow(3.5)).map(({ source, ...at }) => [source, at])).toEqual([
        ['run', { batchSize: 1024, powerLimitWatts: 200, secondsPerEpoch: 10, averageWatts: 100 }],
        ['run', { batchSize: 1024, powerLimitWatts: 100, secondsPerEpoch: 20, averageWatts: 25 }],
      ]);
    });

    it('tells how long each limit was held, and what was drawn', () => {
      const run = follower({ powerLimitWatts: 200 });
      run.held({ kind: 'set', watts: 200 }, 0);
      run.see(...progress(1));
      run.steer(100);
      run.held({ kind: 'set', watts: 100 }, 10);
      run.see(...progress(3));
      expect(run.heldLimits).toEqual([
        { powerLimitWatts: 200, seconds: 10, joules: 1000 },
        { powerLimitWatts: 100, seconds: 20, joules: 2000 },
      ]);
    });

    it('goes on as it is while limits are profiled, and where an administrator chose', () => {
      const profiling = follower({ powerLimitWatts: null });
      expect(profiling.steer(100)).toBe(false);
      expect(profiling.limitWatts).toBe(200);
      expect(profiling.limitProfile).toEqual([]);
      const moved = follower({ powerLimitWatts: 200 });
      moved.held({ kind: 'foreign', uuid: 'GPU-1', watts: 150 }, 0);
      expect(moved.steer(100)).toBe(false);
      expect(moved.limitWatts).toBe(150);
    });
  });
});

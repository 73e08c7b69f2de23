/** What runs elsewhere teach: the same as own ones, only less. */
import fc from 'fast-check';
import { wattbandit } from '../../policy/batchSize';
import { createZeus } from '../../policy/batchSizeZeus';
import type { Imported, Observation } from '../../policy/facts';
import type { Memory } from '../../policy/memory';
import { after, anyRandom, ask, failedRun, job, measure, probesAround, profile, run, v100 } from './world';

const observe = (memory: Memory, ...runs: readonly Observation[]) =>
  runs.reduce((before, of) => wattbandit.observe(before, of, job), memory);
const predicted = (memory: Memory, size: number) =>
  wattbandit.decide(memory, ask({ exploration: false }), anyRandom).considered.find((row) => row.batchSize === size)!;

const from = (weight: number, of: Observation, more: Partial<Imported> = {}): Observation => ({
  ...of,
  imported: { from: 'job other', weight, ...more },
});
/** As Zeus records a run: how long it took, and whether it converged. */
const timed = (batchSize: number, seconds: number, weight = 1) =>
  from(weight, run(batchSize, 0, { seconds, measurements: [], powerLimitWatts: 0 }), {
    unknown: ['epochs', 'powerLimitWatts'],
  });

const proven = after(wattbandit, [run(128, 20, { measurements: [...profile(128), ...probesAround(128)] })]);

describe('observe, of an imported run', () => {
  it('with weight 1 learns of epochs what an own run teaches', () => {
    const own = observe(proven, run(256, 31), failedRun(64, 50, 'diverged'));
    const theirs = observe(proven, from(1, run(256, 31)), from(1, failedRun(64, 50, 'diverged')));
    expect([theirs.converged, theirs.failed, theirs.runs]).toEqual([own.converged, own.failed, own.runs]);
  });

  it('moves what is believed of epochs less, the less it weighs', () => {
    const weight = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        weight,
        weight,
        fc.constantFrom(64, 128, 256),
        fc.integer({ min: 40, max: 150 }),
        (a, b, size, epochs) => {
          const moved = (w: number) => {
            const memory = observe(proven, from(w, run(size, epochs, { measurements: [] })));
            return predicted(memory, size).predictedEpochs! - predicted(proven, size).predictedEpochs!;
          };
          const [less, more] = a < b ? [a, b] : [b, a];
          expect(moved(less)).toBeGreaterThan(0);
          expect(moved(less)).toBeLessThanOrEqual(moved(more) + 1e-9);
        },
      ),
    );
  });

  it('lets a failure of half a run’s weight move it less than a whole one', () => {
    const after50 = (w: number) =>
      predicted(observe(proven, from(w, failedRun(256, 150, 'tooDear'))), 256).predictedEpochs!;
    expect(after50(0.2)).toBeGreaterThan(predicted(proven, 256).predictedEpochs!);
    expect(after50(0.2)).toBeLessThan(after50(1));
  });

  it('rules a size out only by as many whole failures as own runs take, and never at once', () => {
    const failed = (w: number, times: number) => {
      const failures = Array.from({ length: times }, () =>
        from(w, failedRun(256, job.maxEpochs, 'diverged', { reachedEpochLimit: true, measurements: [] })),
      );
      return predicted(observe(proven, ...failures), 256).verdict;
    };
    expect(failed(0.5, 1)).not.toContain('ruled out');
    expect(failed(1, 1)).toBe('ruled out: stopped run already cost more');
    expect(failed(0.5, 3)).not.toMatch(/ruled out: (failed|did not)/);
    expect(failed(0.5, 4)).toBe('ruled out: failed 2 times without ever converging');
  });

  it('is no sign that the job changed, and starts no row of failures', () => {
    const dearer = Array.from({ length: 10 }, () => from(1, run(128, 150)));
    expect(observe(proven, ...dearer).drift).toEqual(proven.drift);
    expect(observe(proven, from(1, failedRun(128, 50, 'tooDear'))).failuresInARow).toBe(0);
  });

  it('never replaces what was measured here, and adds what was not', () => {
    const theirs = [128, 256].map((size) => ({ ...measure(size, 200), secondsPerEpoch: 1 }));
    const { sizes } = observe(proven, from(1, run(128, 20, { measurements: theirs }))).gpus['V100']!;
    expect(sizes[128]).toEqual(proven.gpus['V100']!.sizes[128]);
    const unmeasured = after(wattbandit, [run(128, 20)]);
    expect(
      observe(unmeasured, from(1, run(64, 20, { measurements: theirs }))).gpus['V100']!.sizes[256]!.limits[200]![0],
    ).toBe(1);
  });

  it('does not use up the probes that the first runs on a GPU model take', () => {
    const donated = after(
      wattbandit,
      Array.from({ length: 5 }, () => from(1, run(128, 20))),
    );
    expect(donated.gpus['V100']!.runs).toBe(0);
    expect(wattbandit.decide(donated, ask(), anyRandom).probes).not.toBeNull();
  });

  it('hands a profile that was measured elsewhere to the next run, limit by limit', () => {
    const windows = profile(128).map((at) => from(1, failedRun(128, 0, 'operator', { measurements: [at] })));
    const { profiled } = wattbandit.decide(after(wattbandit, windows), ask(), anyRandom);
    expect(profiled!.map(({ powerLimitWatts }) => powerLimitWatts)).toEqual(v100.powerLimitsWatts);
    const probes = profile(128).map((at) =>
      from(1, failedRun(128, 0, 'operator', { measurements: [{ ...at, source: 'probe' }] })),
    );
    expect(wattbandit.decide(after(wattbandit, probes), ask(), anyRandom).profiled).toBeUndefined();
  });
});

describe('observe, of a run whose epochs nobody counted', () => {
  const sizes = job.batchSizes;
  /** Epochs that rise steeply below the default, and hardly above. */
  const truth = (size: number) => (size < 128 ? 20 * (128 / size) : 20);
  const secondsOf = (size: number, factor = 1) => factor * truth(size) * measure(size, 250).secondsPerEpoch;
  const donated = (factor = 1, weight = 1) =>
    observe(proven, ...sizes.flatMap((size) => [1, 2].map(() => timed(size, secondsOf(size, factor), weight))));
  const errorOf = (memory: Memory) =>
    sizes.reduce((sum, size) => sum + Math.abs(Math.log(predicted(memory, size).predictedEpochs! / truth(size))), 0);

  it('knows the curve of epochs better from the times of runs', () => {
    expect(errorOf(donated())).toBeLessThan(0.5 * errorOf(proven));
  });

  it('knows it as well if all of them ran under another limit, which made all of them slower', () => {
    expect(errorOf(donated(1.8))).toBeLessThan(0.5 * errorOf(proven));
  });

  it('believes times of less weight less', () => {
    const at32 = (weight: number) => Math.log(predicted(donated(1, weight), 32).predictedEpochs! / truth(32));
    expect(Math.abs(at32(1))).toBeLessThan(Math.abs(at32(0.05)));
  });

  it('believes times less where the speed of an epoch was not measured', () => {
    const moved = (memory: Memory) => {
      const longer = observe(memory, timed(1024, 10 * secondsOf(1024)));
      return Math.log(predicted(longer, 1024).predictedEpochs! / predicted(memory, 1024).predictedEpochs!);
    };
    const unprobed = after(wattbandit, [run(128, 20)]);
    expect(moved(unprobed)).toBeLessThan(0.8 * moved(proven));
  });

  it('does not take the size for proven here, but no longer fears that it cannot converge', () => {
    const far = observe(proven, timed(1024, secondsOf(1024)));
    expect(predicted(proven, 1024).verdict).toBe('too far from a batch size that has converged');
    expect(predicted(far, 1024).verdict).not.toBe('too far from a batch size that has converged');
    expect(far.converged[1024]).toBeUndefined();
  });

  it('says nothing of time on another GPU model, but still that the size converges', () => {
    const other = observe(proven, { ...timed(1024, 1), gpuModel: 'A100' });
    expect(predicted(other, 1024).predictedEpochs).toBe(predicted(proven, 1024).predictedEpochs);
    expect(predicted(other, 1024).verdict).not.toBe('too far from a batch size that has converged');
  });

  it('leaves the first run the default', () => {
    const fresh = after(wattbandit, [timed(512, 10), timed(32, 10_000)]);
    expect(wattbandit.decide(fresh, ask(), anyRandom)).toMatchObject({ batchSize: 128, mode: 'first' });
  });

  it('is forgotten when the job changes, as the runs here are', () => {
    const steady = observe(
      donated(),
      ...[64, 128, 256].flatMap((size) => [19, 20, 21].map((epochs) => run(size, epochs))),
    );
    expect(steady.timed).toBeDefined();
    const changed = observe(steady, run(128, 40), run(128, 40), run(128, 40));
    expect(changed.drift.alarms).toBe(1);
    expect(changed.timed).toBeUndefined();
  });

  it('survives JSON, and a memory of before imports is read as it was', () => {
    const memory = donated();
    const recalled = wattbandit.recall(JSON.parse(JSON.stringify(memory)));
    expect(wattbandit.decide(recalled, ask(), anyRandom)).toEqual(wattbandit.decide(memory, ask(), anyRandom));
    expect('timed' in proven).toBe(false);
  });

  it('is an ordinary result for Zeus’s policy, not a size that could not run', () => {
    const zeus = createZeus();
    const memory = zeus.observe(zeus.begin(job), timed(128, 800), job);
    expect(memory.gpus['V100']!.trials).toEqual([expect.objectContaining({ epochs: 1, seconds: 800, reached: true })]);
  });
});

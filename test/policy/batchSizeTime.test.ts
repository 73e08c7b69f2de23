/** What an operator may expect of `wattbandit` where time is bounded. */
import { believe } from '../../policy/beliefs';
import type { Ask } from '../../policy/policy';
import { decide, empty, rowOf, settled, started } from './wattbanditJobs';
import { ask, measure } from './world';

describe('decide under a slow-down bound', () => {
  const bounded = (maxSlowdown: number) => decide(settled, ask({ objective: { eta: 1, maxSlowdown } }));

  it('lets a run take at most that many times the time of the default at maximum power', () => {
    const slowest = rowOf(decide(settled, ask({ objective: { eta: 0 } })), 128).predictedEpochs!;
    for (const factor of [1, 1.1, 1.5, 3]) {
      const decision = bounded(factor);
      const epochs = rowOf(decision, decision.batchSize).predictedEpochs!;
      const seconds = epochs * measure(decision.batchSize, decision.powerLimitWatts!).secondsPerEpoch;
      expect(seconds).toBeLessThanOrEqual(factor * slowest * measure(128, 250).secondsPerEpoch * (1 + 1e-9));
    }
  });

  it('rules out sizes that are too slow even at maximum power', () => {
    expect(rowOf(bounded(1.05), 32).verdict).toBe('too slow: beyond the slow-down bound');
  });

  it('bounds the first run by its own speed at maximum power', () => {
    const pace = { kind: 'ofMaximumPower', factor: 1.2 };
    expect(decide(empty, ask({ objective: { eta: 1, maxSlowdown: 1.2 } })).pace).toEqual(pace);
  });
});

describe('decide under a deadline', () => {
  const under = (deadlineSeconds: number, more: Partial<Ask> = {}, memory = settled) =>
    decide(memory, ask({ objective: { eta: 1, deadlineSeconds, maxSlowdown: 4 }, ...more }));

  it('gives up energy for time: the tighter the deadline, the faster the power limit', () => {
    const loose = under(100_000);
    const tight = under(1.1 * believe(settled, ask()).sizes[3]!.soonestLateSeconds);
    expect(loose.powerLimitWatts).toBe(100);
    expect(tight.powerLimitWatts!).toBeGreaterThan(100);
  });

  it('fits the 95 % duration of the choice, not only its expected one', () => {
    const deadline = 1.2 * believe(settled, ask()).sizes[3]!.soonestLateSeconds;
    const { batchSize, pace } = under(deadline);
    const row = rowOf(under(deadline), batchSize);
    if (pace.kind !== 'atMost') throw new Error('expected a bound');
    expect(pace.secondsPerEpoch * row.predictedEpochs!).toBeLessThan(deadline);
  });

  it('wins over the slow-down bound and η; if nothing fits it takes the fastest and says so', () => {
    const decision = under(10);
    const fastest = [...believe(settled, ask()).sizes].sort((a, b) => a.soonestLateSeconds - b.soonestLateSeconds)[0]!;
    expect(decision.batchSize).toBe(fastest.batchSize);
    expect(decision.powerLimitWatts).toBeGreaterThanOrEqual(150);
    expect(decision.reason).toContain('no batch size is sure enough (95 %) to end within the deadline of 10 s');
  });

  it('runs the incumbent unless the trial should keep the deadline itself', () => {
    const trial = decide(started, ask({ objective: { eta: 0 } }));
    expect(trial.mode).toBe('explore');
    const late = believe(started, ask()).sizes.find(
      ({ batchSize }) => batchSize === trial.batchSize,
    )!.soonestLateSeconds;
    const default128 = believe(started, ask()).sizes[2]!.soonestLateSeconds;
    const deadline = (late + default128) / 2;
    const decision = under(deadline, {}, started);
    expect(rowOf(decision, trial.batchSize).verdict).toBe('too slow: may miss the deadline');
    expect(decision.batchSize).not.toBe(trial.batchSize);
  });

  it('goes as fast as possible while nothing is known', () => {
    expect(under(3600, {}, empty)).toMatchObject({ batchSize: 128, pace: { kind: 'fastest' } });
  });

  it('spends no steps on probes', () => {
    expect(under(100_000, {}, empty).probes).toBeNull();
  });
});

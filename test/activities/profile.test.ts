import { createProfiler } from '../../activities/gpu/profile';

/** A GPU that trains an epoch in 1000/limit seconds and draws the limit. */
function profileWith(limits: readonly number[], stalls: readonly number[] = []) {
  let profiler = createProfiler(64, limits);
  let reading = { epochs: 0, seconds: 0, joules: 0 };
  const held: number[] = [];
  for (let step = 0; profiler.limitWatts !== undefined && step < 100; step++) {
    const limit = profiler.limitWatts;
    held.push(limit);
    const epochs = stalls.includes(step) ? 0 : 0.01;
    const seconds = (1000 / limit) * epochs;
    reading = {
      epochs: reading.epochs + epochs,
      seconds: reading.seconds + seconds,
      joules: reading.joules + limit * seconds,
    };
    profiler = profiler.advance(reading);
  }
  return { profiler, held };
}

describe('createProfiler', () => {
  it('measures every limit from high to low, two readings each', () => {
    const { profiler, held } = profileWith([100, 150, 250]);
    expect(held).toEqual([250, 250, 150, 150, 100, 100]);
    expect(profiler.measurements.map(({ powerLimitWatts }) => powerLimitWatts)).toEqual([250, 150, 100]);
  });

  it('gets speed and power of each limit right', () => {
    for (const at of profileWith([100, 250]).profiler.measurements) {
      expect(at.secondsPerEpoch).toBeCloseTo(1000 / at.powerLimitWatts, 9);
      expect(at.averageWatts).toBeCloseTo(at.powerLimitWatts, 9);
      expect(at).toMatchObject({ batchSize: 64, source: 'profile' });
    }
  });

  it('goes on with a window in which nothing moved, instead of dividing by zero', () => {
    const { profiler } = profileWith([100, 250], [1, 2]);
    expect(profiler.measurements).toHaveLength(2);
    expect(profiler.measurements.every((at) => Number.isFinite(at.secondsPerEpoch))).toBe(true);
  });

  it('has nothing to do without limits', () => {
    expect(createProfiler(64, []).limitWatts).toBeUndefined();
  });
});

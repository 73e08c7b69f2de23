import * as fc from 'fast-check';
import { candidateLimits } from '../../activities/gpu/limits';

describe('candidateLimits', () => {
  it.each([
    [{ minWatts: 100, maxWatts: 250 }, [100, 125, 150, 175, 200, 225, 250]],
    [{ minWatts: 100, maxWatts: 260 }, [100, 110, 135, 160, 185, 210, 235, 260]],
    [{ minWatts: 60, maxWatts: 70 }, [60, 70]],
    [{ minWatts: 300, maxWatts: 300 }, [300]],
    [{ minWatts: 200, maxWatts: 700 }, [200, 250, 300, 350, 400, 450, 500, 550, 600, 650, 700]],
    [{ minWatts: 99, maxWatts: 150 }, [99, 125, 150]],
  ])('chooses from %o', (range, limits) => {
    expect(candidateLimits(range)).toEqual(limits);
  });

  it('keeps to the bounds of the site', () => {
    expect(candidateLimits({ minWatts: 100, maxWatts: 250 }, { minWatts: 140, maxWatts: 225 })).toEqual([
      140, 150, 175, 200, 225,
    ]);
    expect(candidateLimits({ minWatts: 100, maxWatts: 250 }, { minWatts: 300 })).toEqual([]);
  });

  it('is ascending, short, has both ends and stays in the range', () => {
    const watts = fc.integer({ min: 1, max: 3_000_000 }).map((mw) => mw / 1000);
    fc.assert(
      fc.property(watts, watts, (a, b) => {
        const [minWatts, maxWatts] = [Math.min(a, b), Math.max(a, b)];
        const limits = candidateLimits({ minWatts, maxWatts });
        expect(limits).toEqual(limits.toSorted((x, y) => x - y));
        expect(new Set(limits).size).toBe(limits.length);
        expect(limits.length).toBeLessThanOrEqual(12);
        expect([limits[0], limits.at(-1)]).toEqual([minWatts, maxWatts]);
      }),
    );
  });
});

import { createRandom, seedFor } from '../../policy/random';

function sample(count: number, draw: () => number): { mean: number; variance: number; values: number[] } {
  const values = Array.from({ length: count }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
  return { mean, variance, values };
}

describe('createRandom', () => {
  it('draws the same from the same seed, and something else from another', () => {
    const draws = (seed: number) => {
      const random = createRandom(seed);
      return [random.uniform(), random.normal(0, 1), random.normal(5, 2), random.uniform()];
    };
    expect(draws(7)).toEqual(draws(7));
    expect(draws(7)).not.toEqual(draws(8));
  });

  // The seeds are fixed, so these cannot fail by chance; a new generator fails each at 5 standard errors: 6 in 10 million.
  it('draws uniforms in [0, 1) that are spread evenly', () => {
    const count = 20_000;
    const random = createRandom(1);
    const { mean, variance, values } = sample(count, () => random.uniform());
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / count));
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / count));
  });

  it('draws normals with the mean and deviation asked for', () => {
    const count = 20_000;
    const random = createRandom(2);
    const { mean, variance } = sample(count, () => random.normal(10, 3));
    expect(Math.abs(mean - 10)).toBeLessThan((5 * 3) / Math.sqrt(count));
    expect(Math.abs(variance / 9 - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
  });

  it('gives jobs that count their recurrences first draws that know nothing of each other', () => {
    const count = 4_000;
    const first = Array.from({ length: count }, (_, slot) => createRandom(seedFor(`job/${slot}`)).uniform() - 1 / 2);
    for (const lag of [1, 2, 3, 10]) {
      const products = first.slice(lag).map((value, i) => value * (first[i] ?? 0));
      const correlation = (12 * products.reduce((sum, value) => sum + value, 0)) / products.length;
      expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(count));
    }
  });

  it('draws the mean itself at a deviation of 0', () => {
    expect(createRandom(3).normal(-128, 0)).toBe(-128);
  });
});

describe('seedFor', () => {
  it('is the 32-bit FNV-1a of the name', () => {
    // Test vectors of the Internet draft draft-eastlake-fnv.
    expect(seedFor('') >>> 0).toBe(0x811c9dc5);
    expect(seedFor('a') >>> 0).toBe(0xe40c292c);
    expect(seedFor('foobar') >>> 0).toBe(0xbf9cf968);
  });

  it('gives every recurrence of a job its own seed', () => {
    const seeds = Array.from({ length: 10_000 }, (_, slot) => seedFor(`job/${slot}/1`));
    expect(new Set(seeds).size).toBe(10_000);
  });
});

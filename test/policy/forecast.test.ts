import fc from 'fast-check';
import { beginForecaster, forecast, observe } from '../../policy/forecast';
import { hour, reading } from './gridWorld';

const duck = (at: number) => 300 + 150 * Math.sin((2 * Math.PI * at) / 24);
const watch = (hours: number, value: (at: number) => number, slot = 1) =>
  Array.from({ length: hours / slot }, (_, index) => reading(index * slot, value(index * slot), slot)).reduce(
    observe,
    beginForecaster(),
  );

describe('forecast', () => {
  it('knows nothing before the first reading, and then that one', () => {
    expect(forecast(beginForecaster(), 1)).toBeNull();
    expect(
      forecast(
        watch(1, () => 250),
        5,
      ),
    ).toBe(250);
  });

  it('is right about a day that is always the same', () => {
    const state = watch(24 * 20, duck);
    for (const lead of [1, 6, 24]) expect(forecast(state, lead)).toBeCloseTo(duck(24 * 20 - 1 + lead), 0);
  });

  it('lets what is unusual fade over the hours', () => {
    const usual = watch(24 * 20, () => 300);
    const state = observe(observe(usual, reading(480, 400)), reading(481, 400));
    const leads = [1, 3, 6, 12].map((lead) => forecast(state, lead)!);
    expect(leads[0]).toBeGreaterThan(385);
    expect(leads).toEqual(leads.toSorted((a, b) => b - a));
    expect(leads[3]).toBeLessThan(370);
  });

  it('follows half hours and five minutes as well as hours', () => {
    for (const slot of [1 / 12, 0.25, 0.5]) {
      const state = watch(24 * 10, duck, slot);
      const middle = 24 * 10 - slot / 2;
      // The sine is told at the beginning of each slot.
      const expected = duck(middle + 2 - slot / 2);
      expect(Math.abs(forecast(state, 2)! - expected)).toBeLessThan(6);
    }
  });

  it('is never below 1 g, but a price may be negative', () => {
    const falling = (least: number | null) =>
      [reading(0, 400), reading(1, -50), reading(2, -300)].reduce(observe, beginForecaster(least));
    expect(forecast(falling(1), 1)).toBe(1);
    expect(forecast(falling(null), 1)).toBeLessThan(0);
  });

  it('is a number after any readings, and 24 means and the last reading are all that it keeps', () => {
    const readings = fc.array(fc.integer({ min: -1000, max: 5000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(
        readings,
        fc.constantFrom(1 / 12, 0.5, 1),
        fc.double({ min: 0, max: 72, noNaN: true }),
        (values, slot, lead) => {
          const state = values
            .map((value, at) => reading(at * slot, value, slot))
            .reduce(observe, beginForecaster(null));
          expect(Number.isFinite(forecast(state, lead))).toBe(true);
          expect(state.hourMeans).toHaveLength(24);
          expect(JSON.parse(JSON.stringify(state))).toEqual(state);
        },
      ),
    );
  });
});

describe('observe', () => {
  it('takes a reading once, in order, and only if it is one', () => {
    const state = watch(30, duck);
    for (const said of [
      reading(29, 900),
      reading(5, 900),
      reading(31, NaN),
      { ...reading(31, 1), validToAt: hour(31) },
    ])
      expect(observe(state, said)).toBe(state);
  });

  it('sees no trend across a gap', () => {
    const usual = watch(24 * 20, () => 300);
    const gapped = observe(usual, reading(490, 400));
    expect(gapped.last).toMatchObject({ deviation: 100, change: 0 });
  });
});

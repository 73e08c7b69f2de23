import fc from 'fast-check';
import { addEmissions, coverageOf, emissionsOf, requireOneSignal } from '../../policy/emissions';
import { anySignals, interval } from './world';

describe('emissionsOf', () => {
  it('is joules ÷ 3.6 MJ × g/kWh', () => {
    expect(emissionsOf(3.6e6, [interval(0, 1000, { perKwh: 250 })]).amount).toBeCloseTo(250, 9);
  });

  it('is linear in joules, and the sum of its parts', () => {
    fc.assert(
      fc.property(anySignals, fc.double({ min: 0.1, max: 50, noNaN: true }), (signals, factor) => {
        const of = (times: number) => signals.map((perKwh, n) => interval(n, 200 * times, { perKwh }));
        const once = emissionsOf(0, of(1));
        expect(emissionsOf(0, of(factor)).amount / once.amount).toBeCloseTo(factor, 6);
        const parts = of(1).map((one) => emissionsOf(0, [one]));
        expect(parts.reduce(addEmissions).amount).toBeCloseTo(once.amount, 6);
      }),
    );
  });

  it('counts no energy without a known value, and shows how much of it there is', () => {
    const known = interval(0, 100);
    const unknown = interval(1, 200, { perKwh: null, status: 'unknown' });
    const whole = emissionsOf(400 * 3600, [known, unknown]);
    expect(whole.amount).toBe(emissionsOf(0, [known]).amount);
    expect(coverageOf(whole)).toBeCloseTo(0.25, 12);
    expect(whole.byStatus).toEqual({ observed: 100 * 3600, estimated: 0, forecast: 0, unknown: 300 * 3600 });
  });

  it('tells nothing of a run without a grid, and no coverage of no energy', () => {
    expect(coverageOf(emissionsOf(100, []))).toBe(0);
    expect(coverageOf(emissionsOf(0, []))).toBeNull();
  });
});

describe('requireOneSignal', () => {
  const where = { provider: 'wattTime', zone: 'CAISO_NORTH' };
  const signal = { ...where, kind: 'average', unit: 'gCO2eq/kWh', factorType: 'direct' } as const;
  it.each([
    ['kind', { kind: 'marginal' as const }],
    ['money', { kind: 'price' as const }],
    ['zone', { zone: 'DE' }],
    ['provider', { provider: 'electricityMaps' }],
    ['what counts', { factorType: 'lifecycle' as const }],
    ['currency', { unit: 'EUR/kWh' }],
  ])('refuses to mix by %s', (_, other) => {
    expect(() => requireOneSignal([signal, signal])).not.toThrow();
    expect(() => requireOneSignal([signal, { ...signal, ...other }])).toThrow(/^Cannot add up /);
  });
});

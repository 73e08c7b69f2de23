import type { GridView } from '../../activities/carbon/gridWatch';
import { beginDigest, digest } from '../../policy/signalDigest';
import { expectedUntil } from '../../worker/plot/expected';
import { at } from '../report/world';

const identity = { provider: 'gbGrid', zone: 'GB', kind: 'average' } as const;
const reading = (hour: number, value: number) => ({ validFromAt: at(hour), validToAt: at(hour + 1), value });
const week = Array.from({ length: 7 * 24 }, (_, n) => reading(n - 7 * 24, 100 + (n % 24)));

const view = (changes: Partial<GridView> = {}): GridView => ({
  ...identity,
  ...{ at: at(0), unit: 'gCO2eq/kWh', factorType: null, slotSeconds: 3600, steers: true },
  reading: { ...reading(-1, 123), status: 'observed' },
  forecast: [],
  digest: digest(beginDigest(identity), week),
  ...changes,
});

describe('expectedUntil', () => {
  it('is the provider’s forecast as far as the run went', () => {
    const forecast = [-1, 0, 1, 2, 3].map((hour) => reading(hour, 10 * hour));
    expect(expectedUntil(view({ forecast }), at(2.5), 21_600)).toEqual({ by: 'provider', slots: forecast.slice(1, 4) });
  });

  it('is the host’s own where the provider has none: what is usual at that hour', () => {
    const { by, slots } = expectedUntil(view(), at(24), 21_600);
    expect(by).toBe('host');
    expect(slots).toHaveLength(24);
    expect(slots[0]).toMatchObject({ validFromAt: at(0), validToAt: at(1) });
    slots.slice(2, 22).forEach(({ value }, n) => expect(Math.abs(value - 102 - n)).toBeLessThan(2));
  });

  it('is nothing where the host had seen nothing, or nothing of late', () => {
    expect(expectedUntil(view({ digest: beginDigest(identity) }), at(24), 21_600).slots).toEqual([]);
    expect(expectedUntil(view({ at: at(8) }), at(24), 21_600).slots).toEqual([]);
  });

  it('has at most 200 values, however short the slots', () => {
    expect(expectedUntil(view({ slotSeconds: 60 }), at(24), 21_600).slots).toHaveLength(200);
  });
});

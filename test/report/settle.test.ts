import fc from 'fast-check';
import type { Reading, Source, TimeRange } from '../../activities/carbon/source';
import { rangesFor } from '../../worker/report/ranges';
import { settle } from '../../worker/report/settle';
import { at, interval, record, reported } from './world';

const facts = { provider: 'gbGrid', zone: 'GB', kind: 'average', slotSeconds: 3600, historyHours: 24 * 14 } as const;

/** Tells 600 g for every hour, finally. */
function revising(told: Partial<Pick<Source, 'history'>> & { readonly kind?: 'average' | 'marginal' } = {}) {
  const asked: TimeRange[] = [];
  const history = async (range: TimeRange): Promise<readonly Reading[]> => {
    const hours = (Date.parse(range.toAt) - Date.parse(range.fromAt)) / 3_600_000;
    return Array.from({ length: hours }, (_, n) => ({
      ...{ provider: 'gbGrid', zone: 'GB', kind: 'average', factorType: null, gramsPerKwh: 600, issuedAt: null },
      validFromAt: new Date(Date.parse(range.fromAt) + n * 3_600_000).toISOString(),
      validToAt: new Date(Date.parse(range.fromAt) + (n + 1) * 3_600_000).toISOString(),
      status: 'observed',
    })) as readonly Reading[];
  };
  const never = () => Promise.reject(new Error('not to be asked'));
  const source: Source = {
    facts: { ...facts, forecastHours: 0, kind: told.kind ?? 'average' },
    now: never,
    forecast: never,
    history: async (range) => {
      asked.push(range);
      return (told.history ?? history)(range);
    },
  };
  return { source, asked };
}

const estimated = { status: 'estimated' } as const;
const missing = { status: 'unknown', perKwh: null } as const;
const runs = [
  reported({ ...record([], []), intervals: [interval(0, 100), interval(1, 100, estimated)] }),
  reported({ ...record([], []), intervals: [interval(5, 100, missing), interval(47, 100, estimated)] }),
];
const options = { now: new Date(at(60)), settleAfterSeconds: 86_400 };

describe('settle', () => {
  it('replaces what was not final and old enough, in one question, and says by how much grams changed', async () => {
    const { source, asked } = revising();
    const settled = await settle(runs, { ...options, source });
    expect(asked).toEqual([{ fromAt: at(1), toAt: at(6) }]);
    // 0.1 kWh each: from 300 to 600 g/kWh, and from nothing to 600.
    expect(settled.settlement).toMatchObject({ asked: true, questions: 1, settled: 2, unsettled: 0, failure: null });
    expect(settled.settlement.change).toEqual({ grams: expect.closeTo(30 + 60, 9) });
    const told = settled.runs.flatMap(({ grid }) => grid!.intervals.map(({ perKwh, status }) => [perKwh, status]));
    expect(told).toEqual([
      [300, 'observed'],
      [600, 'observed'],
      [600, 'observed'],
      [300, 'estimated'],
    ]);
  });

  it('says how many are not final where nobody is asked', async () => {
    const settled = await settle(runs, options);
    expect(settled.settlement).toMatchObject({ asked: false, questions: 0, settled: 0, unsettled: 2, change: null });
    expect(settled.runs).toEqual(runs);
  });

  it('leaves everything as it was where the provider fails, and says so', async () => {
    const { source } = revising({ history: () => Promise.reject(new Error('the provider is away')) });
    const settled = await settle(runs, { ...options, source });
    expect(settled.settlement).toMatchObject({ settled: 0, unsettled: 2, failure: 'the provider is away' });
    expect(settled.runs).toEqual(runs);
  });

  it('settles nothing by half of an interval, nor by another signal', async () => {
    const none = revising({ history: async () => [] });
    expect((await settle(runs, { ...options, source: none.source })).settlement).toMatchObject({
      settled: 0,
      unsettled: 2,
    });
    const { source, asked } = revising({ kind: 'marginal' });
    expect((await settle(runs, { ...options, source })).settlement).toMatchObject({ questions: 0, unsettled: 2 });
    expect(asked).toEqual([]);
  });
});

describe('rangesFor', () => {
  it('covers every interval by ranges that are no longer than allowed', () => {
    const anyRange = fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 30 }));
    fc.assert(
      fc.property(fc.array(anyRange, { maxLength: 12 }), fc.integer({ min: 1, max: 72 }), (drawn, longestHours) => {
        const wanted = drawn.map(([from, length]) => ({ fromAt: at(from), toAt: at(from + length) }));
        const ranges = rangesFor(wanted, longestHours * 3600);
        const hours = (range: TimeRange) => (Date.parse(range.toAt) - Date.parse(range.fromAt)) / 3_600_000;
        for (const range of ranges) expect(hours(range)).toBeLessThanOrEqual(longestHours);
        for (const [from, length] of drawn)
          for (let hour = from; hour < from + length; hour++)
            expect(ranges.some(({ fromAt, toAt }) => fromAt <= at(hour) && at(hour) < toAt)).toBe(true);
      }),
    );
  });

  it('joins what lies within one range', () => {
    const wanted = [0, 5, 23, 30].map((hour) => ({ fromAt: at(hour), toAt: at(hour + 1) }));
    expect(rangesFor(wanted, 86_400)).toEqual([
      { fromAt: at(0), toAt: at(24) },
      { fromAt: at(30), toAt: at(31) },
    ]);
  });
});

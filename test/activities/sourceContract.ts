/** What every carbon or price source promises. An adapter's test calls this with a way to make one. */
import type { CachedSource } from '../../activities/carbon/cached';
import { SourceError } from '../../activities/carbon/error';
import type { Clock } from '../../activities/carbon/gridSlots';
import type { Reading } from '../../activities/carbon/source';

export const noon = '2026-11-25T12:20:00.000Z';
export const seconds = (at: string) => Date.parse(at) / 1000;

/** Stands still until it is moved. */
export function createClock(startAt = noon) {
  let ms = Date.parse(startAt);
  const clock: Clock = () => new Date(ms);
  return { clock, pass: (lapse: number) => void (ms += lapse * 1000) };
}

export interface SourceBench {
  readonly clock: Clock;
  readonly timeoutSeconds: number;
  /** Of the local server; of no meaning to sources that ask nobody. */
  readonly baseUrl: string;
}

export const valueOf = (reading: Reading) => (reading.kind === 'price' ? reading.pricePerKwh : reading.gramsPerKwh);

/** Grows by one an hour, so that each slot tells which one it is. */
export const valueAt = (at: number) => 100 + ((at / 3600) % 24);

export function describeSource(
  name: string,
  create: (bench: SourceBench) => CachedSource | Promise<CachedSource>,
): void {
  describe(`the source port, by ${name}`, () => {
    const open = async () => {
      const { clock, pass } = createClock();
      return { source: await create({ clock, timeoutSeconds: 5, baseUrl: '' }), clock, pass };
    };
    const check = (reading: Reading, { facts }: CachedSource) => {
      const { provider, zone, kind } = facts;
      expect(reading).toMatchObject({
        provider,
        zone,
        kind,
        status: expect.stringMatching(/^(observed|estimated|forecast)$/),
      });
      expect(JSON.parse(JSON.stringify(reading))).toEqual(reading);
      expect(reading.validFromAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z$/);
      expect(seconds(reading.validToAt)).toBeGreaterThan(seconds(reading.validFromAt));
      expect(Number.isFinite(valueOf(reading))).toBe(true);
      expect(String(reading.kind === 'price' ? reading.currency : reading.factorType)).toMatch(
        /^([A-Z]{3}|lifecycle|direct|null)$/,
      );
    };
    const checkAll = (readings: readonly Reading[], source: CachedSource) => {
      for (const reading of readings) check(reading, source);
      readings.slice(1).forEach((reading, i) => {
        expect(seconds(reading.validFromAt)).toBeGreaterThanOrEqual(seconds(readings[i]!.validToAt));
      });
    };

    it('tells the slot that the present lies in', async () => {
      const { source } = await open();
      const reading = await source.now();
      check(reading, source);
      expect(seconds(reading.validFromAt)).toBeLessThanOrEqual(seconds(noon));
      expect(seconds(reading.validToAt)).toBeGreaterThan(seconds(noon));
      expect(await source.look()).toEqual({ reading, ageSeconds: 0, stale: false, failure: null });
    });

    it('tells a past day without a hole, and nothing that is yet to come', async () => {
      const { source } = await open();
      const fromAt = '2026-11-24T18:00:00.000Z';
      const readings = await source.history({ fromAt, toAt: '2026-11-26T00:00:00.000Z' });
      checkAll(readings, source);
      expect(seconds(readings[0]!.validFromAt)).toBeLessThanOrEqual(seconds(fromAt));
      readings.slice(1).forEach((reading, i) => expect(reading.validFromAt).toBe(readings[i]!.validToAt));
      const last = readings.at(-1)!;
      expect(seconds(last.validFromAt)).toBeLessThan(seconds(noon));
      expect(seconds(last.validToAt)).toBeGreaterThan(seconds(noon) - source.facts.slotSeconds);
    });

    it('refuses a range that ends before it begins', async () => {
      const { source } = await open();
      const backwards = { fromAt: noon, toAt: '2026-11-24T18:00:00.000Z' };
      await expect(source.history(backwards)).rejects.toMatchObject({ kind: 'invalid' });
      await expect(source.history({ fromAt: 'yesterday', toAt: noon })).rejects.toMatchObject({ kind: 'invalid' });
    });

    it('tells the coming hours from the slot of now on, or says that it makes no forecast', async () => {
      const { source } = await open();
      if (source.facts.forecastHours === 0)
        return expect(source.forecast(6)).rejects.toMatchObject({ kind: 'unsupported' });
      const readings = await source.forecast(6);
      checkAll(readings, source);
      const [first, last] = [readings[0]!, readings.at(-1)!];
      expect(seconds(first.validFromAt)).toBeLessThanOrEqual(seconds(noon));
      expect(seconds(last.validFromAt)).toBeLessThan(seconds(noon) + 6 * 3600);
      expect(seconds(last.validToAt)).toBeGreaterThanOrEqual(seconds(noon) + 6 * 3600 - source.facts.slotSeconds);
    });

    it('makes no forecast of no time', async () => {
      const { source } = await open();
      await expect(source.forecast(0)).rejects.toBeInstanceOf(SourceError);
      await expect(source.forecast(Number.NaN)).rejects.toBeInstanceOf(SourceError);
    });
  });
}

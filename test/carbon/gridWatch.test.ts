import { createGridWatch } from '../../activities/carbon/gridWatch';
import type { CarbonReading, Source, TimeRange } from '../../activities/carbon/source';
import { referenceOf } from '../../policy/signalReference';

const hourMs = 3_600_000;
const hourOf = (ms: number) => Math.floor(ms / hourMs) * hourMs;

function readingAt(ms: number, gramsPerKwh: number, status: CarbonReading['status'] = 'estimated'): CarbonReading {
  const fromMs = hourOf(ms);
  return {
    ...{ provider: 'p', zone: 'Z', kind: 'average', factorType: null, issuedAt: null, status, gramsPerKwh },
    validFromAt: new Date(fromMs).toISOString(),
    validToAt: new Date(fromMs + hourMs).toISOString(),
  };
}

/** Counts what it is asked; 300 g/kWh now, 200 before. */
function countingSource(changes: Partial<Source> & { forecastHours?: number } = {}) {
  const asked = { now: 0, history: 0, forecast: 0 };
  const { forecastHours = 0, ...methods } = changes;
  const facts = {
    provider: 'p',
    zone: 'Z',
    kind: 'average',
    slotSeconds: 3600,
    historyHours: 999,
    forecastHours,
  } as const;
  const source: Source = {
    facts,
    async now() {
      asked.now += 1;
      return readingAt(Date.now(), 300);
    },
    async history({ fromAt, toAt }: TimeRange) {
      asked.history += 1;
      const [from, to] = [hourOf(Date.parse(fromAt)), Date.parse(toAt)];
      return Array.from({ length: Math.ceil((to - from) / hourMs) }, (_, i) =>
        readingAt(from + i * hourMs, 200, 'observed'),
      );
    },
    async forecast() {
      asked.forecast += 1;
      return [0, 1, 2].map((hour) => readingAt(Date.now() + hour * hourMs, 300 + hour, 'forecast'));
    },
    ...methods,
  };
  return { source, asked };
}

describe('createGridWatch', () => {
  it('tells the present, and what was usual in the 28 days before', async () => {
    const { source } = countingSource();
    const view = await createGridWatch(source).view();
    expect(view).toMatchObject({
      zone: 'Z',
      unit: 'gCO2eq/kWh',
      reading: { value: 300, status: 'estimated' },
      steers: true,
    });
    const reference = referenceOf(view.digest.reference)!;
    expect(reference).toBeGreaterThan(200);
    expect(reference).toBeLessThan(201);
    expect(view.digest.reference.days.length).toBeGreaterThanOrEqual(28);
  });

  it('asks for the past once, and then one question for each look', async () => {
    const { source, asked } = countingSource();
    const watch = createGridWatch(source);
    for (let n = 0; n < 5; n++) await watch.view();
    expect(asked).toEqual({ now: 5, history: 1, forecast: 0 });
  });

  it('takes the present from a forecast where there is one, now and then', async () => {
    const { source, asked } = countingSource({ forecastHours: 48 });
    const watch = createGridWatch(source);
    const first = await watch.view();
    expect(asked).toEqual({ now: 0, history: 1, forecast: 1 });
    expect(first.reading).toMatchObject({ value: 300, status: 'forecast' });
    expect(first.forecast.map(({ value }) => value)).toEqual([300, 301, 302]);
    await watch.view();
    expect(asked).toEqual({ now: 1, history: 1, forecast: 1 });
  });

  it('asks for the present where forecasts are not in the plan', async () => {
    const { source, asked } = countingSource({
      forecastHours: 48,
      forecast: () => Promise.reject(new Error('not in your plan')),
    });
    const watch = createGridWatch(source);
    const { reading, forecast } = await watch.view();
    expect(reading?.value).toBe(300);
    expect(forecast).toEqual([]);
    await watch.view();
    expect(asked).toMatchObject({ now: 2 });
  });

  it('answers soon and says why, whatever the provider does', async () => {
    const hangs = createGridWatch(countingSource({ now: () => new Promise(() => {}) }).source, { patienceMs: 30 });
    expect((await hangs.view()).reading).toBeNull();
    const away = () => Promise.reject(new Error('Cannot ask p: it is away.'));
    const failing = createGridWatch(countingSource({ now: away, history: away }).source);
    expect(await failing.view()).toMatchObject({ reading: null, failure: 'Cannot ask p: it is away.' });
  });

  it('goes on with the newest reading while the provider is away', async () => {
    let isAway = false;
    const { source } = countingSource();
    const now = () => (isAway ? Promise.reject(new Error('away')) : source.now());
    const watch = createGridWatch({ ...source, now });
    await watch.view();
    isAway = true;
    expect(await watch.view()).toMatchObject({ reading: { value: 300 }, failure: 'away' });
  });

  it('tells an instant of the past, for runs that are simulated there', async () => {
    const { source } = countingSource();
    const view = await createGridWatch(source, { steers: false }).view(new Date('2021-07-01T05:20:00Z'));
    expect(view).toMatchObject({ at: '2021-07-01T05:20:00.000Z', steers: false, forecast: [] });
    expect(view.reading).toMatchObject({ validFromAt: '2021-07-01T05:00:00.000Z', value: 200 });
  });
});

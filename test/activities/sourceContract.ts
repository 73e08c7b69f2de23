/** What every carbon or price source promises. An adapter's test calls this with a way to make one, and a provider to fake. */
import { inspect } from 'node:util';
import type { CachedSource } from '../../activities/carbon/cached';
import { SourceError } from '../../activities/carbon/error';
import type { Clock } from '../../activities/carbon/gridSlots';
import type { Reading } from '../../activities/carbon/source';
import { type Behaviour, type GridServer, type Reply, startGridServer } from '../support/gridServer';
import type { Grid } from '../support/grids';

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

const valueOf = (reading: Reading) => (reading.kind === 'price' ? reading.pricePerKwh : reading.gramsPerKwh);

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

export interface Provider {
  readonly create: (bench: SourceBench) => CachedSource;
  readonly answer: (grid: Grid) => Behaviour;
  /** What stands for the question of the present in a count of requests: a login is none. */
  readonly isQuestion?: (path: string) => boolean;
  /** Regional answers tell whom they are of; not all do. */
  readonly tellsZone?: boolean;
  /** A value that cannot be; absent where all may. */
  readonly refusesNegative?: boolean;
  /** What must not be told to anybody. */
  readonly secrets?: readonly string[];
}

const refusing = (status: number, more: Partial<Reply> = {}): Behaviour => {
  return () => ({ status, body: '{"message":"no, because"}', ...more });
};

/** In front of a real local server. */
export function describeProvider(name: string, provider: Provider): void {
  const { answer, isQuestion = () => true, tellsZone = true, refusesNegative = true, secrets = [] } = provider;
  let server: GridServer;
  beforeAll(async () => {
    server = await startGridServer(() => 'drop');
  });
  afterAll(() => server.stop());

  const open = (behaviour: (grid: Grid) => Behaviour, timeoutSeconds = 5) => {
    const { clock, pass } = createClock();
    server.behave(behaviour({ now: clock, valueAt }));
    server.asked.splice(0);
    const source = provider.create({ clock, timeoutSeconds, baseUrl: server.url });
    const questions = () => server.asked.filter(({ url }) => isQuestion(url.pathname)).length;
    return { source, pass, questions, clock };
  };
  const failing = async (source: CachedSource): Promise<SourceError> =>
    source.now().then(
      () => {
        throw new Error('it should not have answered');
      },
      (error: SourceError) => error,
    );

  describeSource(name, ({ clock, timeoutSeconds }) => {
    server.behave(answer({ now: clock, valueAt }));
    return provider.create({ clock, timeoutSeconds, baseUrl: server.url });
  });

  describe(`the provider of ${name}`, () => {
    it('is asked once in a slot, however many ask at the same time and after', async () => {
      const { source, questions, pass } = open(answer);
      const told = await Promise.all(Array.from({ length: 20 }, () => source.now()));
      expect(new Set(told.map((reading) => JSON.stringify(reading))).size).toBe(1);
      await source.look();
      expect(questions()).toBe(1);
      pass(source.facts.slotSeconds);
      const next = await source.now();
      expect(questions()).toBe(2);
      expect(next.validFromAt > told[0]!.validFromAt).toBe(true);
    });

    it('has its values and instants kept', async () => {
      const { source } = open(answer);
      const reading = await source.now();
      expect(valueOf(reading)).toBeCloseTo(valueAt(seconds(reading.validFromAt)), 6);
      for (const one of await source.forecast(3))
        expect(valueOf(one)).toBeCloseTo(valueAt(seconds(one.validFromAt)), 6);
    });

    it.each([
      [400, 'invalid', {}],
      [401, 'forbidden', {}],
      [403, 'forbidden', {}],
      [404, 'invalid', {}],
      [429, 'unavailable', { headers: { 'retry-after': '5400' } }],
      [500, 'unavailable', { body: 'Internal Server Error' }],
      [503, 'unavailable', { headers: { 'retry-after': 'Wed, 25 Nov 2026 15:20:00 GMT' } }],
      [204, 'unusable', { body: '' }],
      [302, 'invalid', { headers: { location: 'http://169.254.169.254/latest/meta-data' } }],
    ] as const)('may refuse with %i: %s, and is not asked again at once', async (status, kind, more) => {
      const { source, pass } = open(() => refusing(status, more));
      const error = await failing(source);
      expect(error).toMatchObject({ kind, name: 'SourceError' });
      expect(error.message).toMatch(/^Cannot read the .* of \S+ from \S+ for now: .*; .*\.$/);
      expect(error.message).toContain(String(status));
      const before = server.asked.length;
      expect((await failing(source)).kind).toBe(kind);
      const { failure } = await source.look();
      expect(failure).toMatchObject({ kind, message: expect.stringContaining('not asked again before') });
      pass(60);
      await failing(source);
      expect(server.asked.length).toBe(before);
    });

    it.each([
      ['5400', 5400],
      ['Wed, 25 Nov 2026 13:50:00 GMT', 5400],
    ])('is left alone as long as Retry-After: %s says', async (header, lapse) => {
      const { source, pass } = open(() => refusing(429, { headers: { 'retry-after': header } }));
      expect((await failing(source)).retryAfterSeconds).toBe(lapse);
      const before = server.asked.length;
      pass(lapse - 1);
      await failing(source);
      expect(server.asked.length).toBe(before);
      pass(2);
      await failing(source);
      expect(server.asked.length).toBeGreaterThan(before);
    });

    it.each([
      ['never answers', 'hang'],
      ['never ends its answer', 'drip'],
      ['hangs up', 'drop'],
    ] as const)('that %s keeps nobody waiting for long', async (_, behaviour) => {
      const { source } = open(() => () => behaviour, 0.1);
      expect((await failing(source)).kind).toBe('unavailable');
      // Whatever else is asked meanwhile is refused without asking.
      const before = server.asked.length;
      await expect(source.forecast(3)).rejects.toMatchObject({ kind: 'unavailable' });
      await expect(source.history({ fromAt: '2026-11-25T06:00:00Z', toAt: noon })).rejects.toMatchObject({
        kind: 'unavailable',
      });
      expect(server.asked.length).toBe(before);
    });

    const whole = (grid: Grid) => (asked: Parameters<Behaviour>[0]) => (answer(grid)(asked) as Reply).body;
    const numbers = /([:[,])-?\d+\.?\d*(?=[,}\]])/g;
    it.each<[string, (grid: Grid) => Behaviour]>([
      ['a page of a proxy', () => () => ({ headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' })],
      [
        'JSON that calls itself text',
        (grid) => (asked) => ({ headers: { 'content-type': 'text/plain' }, body: whole(grid)(asked) }),
      ],
      ['half an answer', (grid) => (asked) => ({ body: whole(grid)(asked).slice(0, -20) })],
      ['null', () => () => ({ body: 'null' })],
      ['another form', () => () => ({ body: '{"hello":["world"]}' })],
      ['no value', (grid) => answer({ ...grid, valueAt: () => null })],
      ['NaN', (grid) => (asked) => ({ body: whole(grid)(asked).replaceAll(numbers, '$1NaN') })],
      [
        'numbers beyond all numbers',
        (grid) => (asked) => ({ body: whole(grid)(asked).replaceAll(numbers, '$11e999') }),
      ],
      ['a billion grams', (grid) => answer({ ...grid, valueAt: () => 1e9 })],
      ['slots of the future only', (grid) => answer({ ...grid, lagSeconds: -86_400 * 2 })],
      ['more than fits', () => () => ({ body: `{"data":"${'x'.repeat(5 * 1024 * 1024)}"}` })],
    ])('may answer with %s, which nothing is decided by', async (_, behaviour) => {
      const { source } = open(behaviour);
      expect(await failing(source)).toMatchObject({ kind: 'unusable' });
      expect(await source.look()).toMatchObject({ reading: null, ageSeconds: null, stale: true });
    });

    (refusesNegative ? it : it.skip)('may not tell less than nothing', async () => {
      const { source } = open((grid) => answer({ ...grid, valueAt: () => -5 }));
      expect(await failing(source)).toMatchObject({
        kind: 'unusable',
        message: expect.stringContaining('gramsPerKwh'),
      });
    });

    (tellsZone ? it : it.skip)('may not answer for another zone', async () => {
      const { source } = open((grid) => answer({ ...grid, zone: '7' }));
      expect(await failing(source)).toMatchObject({
        kind: 'unusable',
        message: expect.stringContaining('was asked for'),
      });
      await expect(source.forecast(3)).rejects.toMatchObject({ kind: 'unusable' });
    });

    it('that fell two days behind is told to be stale, or has nothing to say', async () => {
      const { source } = open((grid) => answer({ ...grid, lagSeconds: 2 * 86_400 }));
      const { reading, stale, ageSeconds } = await source.look();
      expect(stale).toBe(true);
      if (reading !== null) expect(ageSeconds).toBeGreaterThan(86_400);
    });

    it('that dies leaves what it told last, with its age', async () => {
      const { source, pass } = open(answer);
      const reading = await source.now();
      server.behave(() => 'drop');
      pass(3 * 3600);
      const look = await source.look();
      expect(look).toMatchObject({ reading, stale: true, failure: { kind: 'unavailable' } });
      expect(look.ageSeconds).toBe(seconds(noon) + 3 * 3600 - seconds(reading.validToAt));
    });

    it('is asked again when it recovered', async () => {
      const { source, pass, clock } = open(() => refusing(500));
      await failing(source);
      server.behave(answer({ now: clock, valueAt }));
      pass(3600);
      expect((await source.now()).provider).toBe(source.facts.provider);
    });

    (secrets.length > 0 ? it : it.skip)('hears secrets, and nobody else does', async () => {
      const echo: Behaviour = ({ headers }) => ({
        status: 403,
        body: JSON.stringify({ message: JSON.stringify(headers) }),
      });
      const spy =
        (say: (words: string) => Reply): Behaviour =>
        ({ headers }) =>
          say(JSON.stringify(headers));
      const shapes: Behaviour[] = [
        echo,
        spy((words) => ({ status: 500, body: words })),
        spy((words) => ({ body: words, headers: { 'content-type': `text/${words.replace(/\W/g, '')}` } })),
        spy((words) => ({ body: JSON.stringify({ zone: words, [words]: words, token: ' ' }) })),
        () => 'drop',
        () => 'hang',
      ];
      let heard = '';
      for (const shape of shapes) {
        const { source } = open(
          () => (asked) => {
            heard += asked.headers['auth-token'] ?? Buffer.from(asked.headers.authorization?.slice(6) ?? '', 'base64');
            return shape(asked);
          },
          0.1,
        );
        const error = await failing(source);
        const said = [
          error.message,
          error.stack,
          String(error.cause),
          JSON.stringify(error),
          JSON.stringify(Object.getOwnPropertyDescriptors(error)),
          ...[error, source].map((one) => inspect(one, { depth: Infinity, showHidden: true })),
          JSON.stringify([source, await source.look()]),
        ].join('\n');
        for (const secret of secrets)
          for (const form of [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)])
            expect(said).not.toContain(form);
      }
      for (const secret of secrets) expect(heard).toContain(secret);
    });
  });
}

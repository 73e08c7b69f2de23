/** What every source behind an HTTP API promises, whatever that API does. In front of a real local server. */
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { CachedSource } from '../../activities/carbon/cached';
import type { SourceError } from '../../activities/carbon/error';
import { type Behaviour, type GridServer, type Reply, startGridServer } from '../support/gridServer';
import type { Grid } from '../support/grids';
import { type SourceBench, createClock, describeSource, noon, seconds, valueAt, valueOf } from './sourceContract';

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

const packed = (body: string): Reply => ({ headers: { 'content-encoding': 'gzip' }, body: gzipSync(body) });

const refusing = (status: number, more: Partial<Reply> = {}): Behaviour => {
  return () => ({ status, body: '{"message":"no, because"}', ...more });
};

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

    const whole = (grid: Grid) => (asked: Parameters<Behaviour>[0]) => String((answer(grid)(asked) as Reply).body);
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
      ['more than fits', (grid) => (asked) => ({ body: whole(grid)(asked) + ' '.repeat(5 * 1024 * 1024) })],
      ['more than fits, packed', (grid) => (asked) => packed(whole(grid)(asked) + ' '.repeat(32 * 1024 * 1024))],
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

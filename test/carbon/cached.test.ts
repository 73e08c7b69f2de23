import fc from 'fast-check';
import { inspect } from 'node:util';
import { createCached } from '../../activities/carbon/cached';
import { SourceError } from '../../activities/carbon/error';
import { failureForSource } from '../../activities/carbon/failure';
import { instantAt, slotStart } from '../../activities/carbon/gridSlots';
import type { Reading, Source } from '../../activities/carbon/source';
import { createClock, noon, seconds } from '../activities/sourceContract';

const slotSeconds = 900;
const facts = {
  provider: 'own',
  zone: 'here',
  kind: 'average',
  slotSeconds,
  historyHours: 24,
  forecastHours: 24,
} as const;

const readingAt = (at: number, more: object = {}): Reading => ({
  provider: 'own',
  zone: 'here',
  kind: 'average',
  factorType: null,
  gramsPerKwh: 100,
  validFromAt: instantAt(slotStart(at, slotSeconds)),
  validToAt: instantAt(slotStart(at, slotSeconds) + slotSeconds),
  issuedAt: null,
  status: 'observed',
  ...more,
});

/** A source of the user's own, which notes when it is asked. */
function ownSource(now: () => number, answer: () => Promise<unknown>) {
  const askedAt: number[] = [];
  const ask = async () => {
    askedAt.push(now());
    return answer() as Promise<Reading>;
  };
  const many = async () => [await ask()];
  const source: Source = { facts, now: ask, history: many, forecast: many };
  return { source, askedAt };
}

function open(answer: (at: number) => Promise<unknown>, options: object = {}) {
  const { clock, pass } = createClock();
  const now = () => clock().getTime() / 1000;
  const { source, askedAt } = ownSource(now, () => answer(now()));
  return { cached: createCached(source, { clock, ...options }), askedAt, pass, now };
}

const fails =
  (kind: 'unavailable' | 'forbidden' | 'unusable' = 'unavailable', retryAfterSeconds?: number) =>
  async () => {
    throw new SourceError(kind, 'it is away; wait', { retryAfterSeconds });
  };

describe('createCached', () => {
  it('asks each question at most once in any slot, whatever fails and however often it is asked', async () => {
    const outcome = fc.constantFrom('good', 'good', 'unavailable', 'forbidden', 'unusable', 'stale', 'nonsense');
    const step = fc.record({
      lapseSeconds: fc.integer({ min: 0, max: 1500 }),
      askers: fc.integer({ min: 1, max: 3 }),
      now: outcome,
      forecast: outcome,
      retryAfterSeconds: fc.option(fc.integer({ min: 0, max: 5000 }), { nil: undefined }),
      slowOne: fc.constantFrom('now', 'forecast'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 60 }), async (steps) => {
        const { clock, pass } = createClock();
        const asked = { now: [] as number[], forecast: [] as number[] };
        let current = steps[0]!;
        const answer = async (question: 'now' | 'forecast'): Promise<Reading> => {
          const at = clock().getTime() / 1000;
          const { [question]: how, slowOne, retryAfterSeconds } = current;
          asked[question].push(at);
          if (slowOne === question) await new Promise((resolve) => setImmediate(resolve));
          if (how === 'good' || how === 'stale') return readingAt(how === 'good' ? at : at - 7200);
          if (how === 'nonsense') return { gramsPerKwh: 'much' } as unknown as Reading;
          throw new SourceError(how, 'no; wait', { retryAfterSeconds });
        };
        const source: Source = {
          facts,
          now: () => answer('now'),
          forecast: async () => [await answer('forecast')],
          history: async () => [],
        };
        const cached = createCached(source, { clock, questionsPerHour: 1e9 });
        for (const one of steps) {
          current = one;
          pass(one.lapseSeconds);
          const all = () => [cached.look(), cached.forecast(6).catch(() => undefined)];
          await Promise.all(Array.from({ length: one.askers }, all).flat());
        }
        for (const times of Object.values(asked)) {
          const slots = times.map((at) => slotStart(at, slotSeconds));
          expect(new Set(slots).size).toBe(slots.length);
        }
        expect(asked.now.length).toBeGreaterThan(0);
      }),
    );
  });

  it('asks a dead provider ever less, down to once an hour, and at once in the next slot after it recovered', async () => {
    let dead = true;
    const { cached, askedAt, pass, now } = open(async (at) => (dead ? fails()() : readingAt(at)));
    const start = now();
    for (let i = 0; i < 24 * 60; i++) {
      await cached.look();
      pass(60);
    }
    const slots = askedAt.map((at) => (slotStart(at, slotSeconds) - slotStart(start, slotSeconds)) / slotSeconds);
    expect(slots.slice(0, 6)).toEqual([0, 1, 3, 7, 11, 15]);
    dead = false;
    pass(3600);
    await cached.now();
    const before = askedAt.length;
    pass(slotSeconds);
    await cached.now();
    expect(askedAt.length).toBe(before + 1);
  });

  it('asks again the moment a slot ends, and not before', async () => {
    const { cached, askedAt, pass } = open(async (at) => readingAt(at));
    for (const lapse of [0, 599, 1, 899, 1]) {
      pass(lapse);
      await cached.now();
    }
    expect(askedAt.map((at) => instantAt(at).slice(11, 19))).toEqual(['12:20:00', '12:30:00', '12:45:00']);
  });

  it('does not ask while a slot lasts that is longer than was configured', async () => {
    const hour = { validFromAt: '2026-11-25T12:00:00.000Z', validToAt: '2026-11-25T13:00:00.000Z' };
    const { cached, askedAt, pass } = open(async (at) =>
      readingAt(at, at < Date.parse(hour.validToAt) / 1000 ? hour : {}),
    );
    for (const lapse of [0, 900, 900, 599, 1]) {
      pass(lapse);
      await cached.now();
    }
    expect(askedAt.map((at) => instantAt(at).slice(11, 19))).toEqual(['12:20:00', '13:00:00']);
  });

  it('waits for a source that heeds no signal no longer than was said', async () => {
    const { cached } = open(() => new Promise(() => {}), { timeoutSeconds: 0.05 });
    await expect(cached.now()).rejects.toMatchObject({
      kind: 'unavailable',
      message: 'Cannot read the average carbon intensity of here from own for now: it does not answer within 0.05 s.',
    });
  });

  it('spends no more questions in an hour than it may, also on ever other ranges', async () => {
    const { cached, askedAt, now } = open(async (at) => readingAt(at), { questionsPerHour: 5 });
    const asked = Array.from({ length: 9 }, (_, i) =>
      cached.history({ fromAt: instantAt(now() - 3600 - i), toAt: instantAt(now()) }),
    );
    const refused = (await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected');
    expect([askedAt.length, refused.length]).toEqual([5, 4]);
    expect(refused[0]).toMatchObject({ reason: { kind: 'unavailable', retryAfterSeconds: 3600 } });
  });

  it('is not fooled by a clock that is set back, neither in what it knows nor in what failed', async () => {
    const { cached, askedAt, pass } = open(async (at) => (at > seconds(noon) ? fails()() : readingAt(at)));
    await cached.now();
    pass(-86_400);
    expect((await cached.now()).validFromAt).toBe('2026-11-24T12:15:00.000Z');
    expect(askedAt.length).toBe(2);
    pass(86_400 + slotSeconds);
    await expect(cached.now()).rejects.toMatchObject({ kind: 'unavailable' });
    pass(-43_200);
    expect((await cached.now()).validFromAt).toBe('2026-11-25T00:30:00.000Z');
  });

  it.each([
    [0, 0, false],
    [900, 300, false],
    [1800, 1200, true],
  ])('tells how long ago the slot of a reading ended: %i s behind, %i s', async (lag, ageSeconds, stale) => {
    const { cached } = open(async (at) => readingAt(at - lag));
    expect(await cached.look()).toMatchObject({ ageSeconds, stale, failure: null });
  });

  it.each([
    ['another zone', { zone: 'there' }],
    ['another kind', { kind: 'marginal' }],
    ['another provider', { provider: 'other' }],
    ['a negative value', { gramsPerKwh: -1 }],
    ['no number', { gramsPerKwh: Number.NaN }],
    ['a value too large to be one', { gramsPerKwh: 3001 }],
    ['an unknown key', { more: 1 }],
    ['a slot that ends before it begins', { validToAt: '2026-11-25T12:00:00.000Z', validFromAt: noon }],
    ['a slot of two days', { validFromAt: '2026-11-24T00:00:00.000Z', validToAt: '2026-11-26T00:00:00.000Z' }],
    ['no instant', { validFromAt: 'today' }],
    ['a slot of the future', { validFromAt: '2026-11-25T12:30:00.000Z', validToAt: '2026-11-25T12:45:00.000Z' }],
  ])('lets nobody see %s', async (_, more) => {
    const { cached } = open(async (at) => readingAt(at, more));
    await expect(cached.now()).rejects.toMatchObject({ kind: 'unusable' });
    expect((await cached.look()).reading).toBeNull();
  });

  it('tells nothing of what an adapter of the user’s own throws but its name', async () => {
    const canary = 'canary-of-somebody';
    const { cached } = open(async () => {
      throw new TypeError(`auth-token: ${canary} is an invalid header`, { cause: new Error(canary) });
    });
    const error: unknown = await cached.now().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ kind: 'unavailable', message: expect.stringContaining('TypeError') });
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain(canary);
  });
});

describe('failureForSource', () => {
  it.each([
    ['invalid', 'InvalidRequest'],
    ['unsupported', 'InvalidRequest'],
    ['forbidden', 'UnsuitableHost'],
  ] as const)('lets Temporal not try again what is %s', async (kind, type) => {
    const failing = failureForSource(async () => {
      throw new SourceError(kind, 'no; mend it');
    });
    await expect(failing).rejects.toMatchObject({ name: 'ApplicationFailure', nonRetryable: true, type });
  });

  it.each(['unavailable', 'unusable'] as const)('lets Temporal try again what is %s', async (kind) => {
    const failing = failureForSource(async () => {
      throw new SourceError(kind, 'no; wait');
    });
    await expect(failing).rejects.toMatchObject({ name: 'SourceError' });
  });
});

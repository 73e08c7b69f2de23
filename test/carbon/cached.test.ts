import fc from 'fast-check';
import { inspect } from 'node:util';
import { createCached } from '../../activities/carbon/cached';
import { SourceError } from '../../activities/carbon/error';
import { failureForSource } from '../../activities/carbon/failure';
import { instantAt, slotStart } from '../../activities/carbon/gridSlots';
import type { Reading, Source } from '../../activities/carbon/source';
import { createClock, noon } from '../activities/sourceContract';

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
  it('asks at most once in any slot, whatever fails and however often it is asked', async () => {
    const step = fc.record({
      lapseSeconds: fc.integer({ min: 0, max: 1500 }),
      askers: fc.integer({ min: 1, max: 4 }),
      outcome: fc.constantFrom('good', 'good', 'unavailable', 'forbidden', 'unusable', 'stale', 'nonsense'),
      retryAfterSeconds: fc.option(fc.integer({ min: 0, max: 5000 }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        let current = steps[0];
        const { cached, askedAt, pass } = open(async (at) => {
          if (current?.outcome === 'good') return readingAt(at);
          if (current?.outcome === 'stale') return readingAt(at - 7200);
          if (current?.outcome === 'nonsense') return { gramsPerKwh: 'much' };
          throw new SourceError(current?.outcome as 'forbidden', 'no; wait', current);
        });
        for (const one of steps) {
          current = one;
          pass(one.lapseSeconds);
          await Promise.all(Array.from({ length: one.askers }, () => cached.look()));
        }
        const slots = askedAt.map((at) => slotStart(at, slotSeconds));
        expect(new Set(slots).size).toBe(slots.length);
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

  it('is not fooled by a clock that is set back', async () => {
    const { cached, askedAt, pass } = open(async (at) => readingAt(at));
    await cached.now();
    pass(-86_400);
    expect((await cached.now()).validFromAt).toBe('2026-11-24T12:15:00.000Z');
    expect(askedAt.length).toBe(2);
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

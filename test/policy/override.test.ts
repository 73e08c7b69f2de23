import fc from 'fast-check';
import {
  type Order,
  type Override,
  activeAt,
  inOrder,
  jobUnder,
  limitUnder,
  nextExpiry,
  objectiveUnder,
  runOrdersOf,
  standingOf,
} from '../../policy/override';

const at = (minute: number) => new Date(Date.UTC(2021, 6, 1, 0, minute)).toISOString();
let nextId = 0;
const override = (order: Order, minute = 0, until: number | null = null): Override => ({
  id: `o-${(nextId += 1)}`,
  order,
  reason: 'because',
  who: 'someone',
  signed: false,
  setAt: at(minute),
  expiresAt: until === null ? null : at(until),
});
const standing = (overrides: readonly Override[], minute: number) => standingOf(activeAt(overrides, at(minute)));

const anyOrder: fc.Arbitrary<Order> = fc.oneof(
  fc.record({ kind: fc.constant('pinBatchSize' as const), batchSize: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant('banBatchSize' as const), batchSize: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant('eta' as const), eta: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.constantFrom<Order>({ kind: 'freeze' }, { kind: 'pauseLearning' }, { kind: 'pauseTuning' }, { kind: 'resume' }),
);
const anyOverrides = fc
  .array(fc.record({ order: anyOrder, minute: fc.integer({ min: 0, max: 9 }), lasts: fc.option(fc.nat(9)) }))
  .map((all) => all.map(({ order, minute, lasts }) => override(order, minute, lasts === null ? null : minute + lasts)));

describe('activeAt', () => {
  it('lets the newest of a kind win, whatever came first to hand', () => {
    const [old, young] = [override({ kind: 'eta', eta: 0.2 }, 1), override({ kind: 'eta', eta: 0.8 }, 2)];
    expect(standing([old, young], 3).eta).toBe(0.8);
    expect(standing([young, old], 3).eta).toBe(0.8);
  });

  it('brings back an older one when the newer expires, and nothing when both have', () => {
    const overrides = [override({ kind: 'eta', eta: 0.2 }, 1, 9), override({ kind: 'eta', eta: 0.8 }, 2, 5)];
    expect([3, 5, 8, 9].map((minute) => standing(overrides, minute).eta)).toEqual([0.8, 0.2, 0.2, undefined]);
  });

  it('holds bans of several sizes at once', () => {
    const overrides = [
      override({ kind: 'banBatchSize', batchSize: 8 }),
      override({ kind: 'banBatchSize', batchSize: 16 }),
    ];
    expect(standing(overrides, 1).bannedBatchSizes).toEqual([8, 16]);
  });

  it('ends pauses and freezes at a resume, and leaves the rest', () => {
    const overrides = [
      override({ kind: 'freeze' }, 1),
      override({ kind: 'pauseTuning' }, 1),
      override({ kind: 'eta', eta: 0.3 }, 1),
      override({ kind: 'resume' }, 2),
    ];
    expect(standing(overrides, 3)).toMatchObject({ frozen: false, tuning: true, exploration: true, eta: 0.3 });
    expect(standing([...overrides, override({ kind: 'freeze' }, 4)], 5).frozen).toBe(true);
  });

  it('is the same for every order of arrival, and for what is told twice', () => {
    fc.assert(
      fc.property(anyOverrides, fc.integer({ min: 0, max: 20 }), (overrides, minute) => {
        const expected = activeAt(overrides, at(minute));
        expect(activeAt(overrides.toReversed(), at(minute))).toEqual(expected);
        expect(activeAt([...overrides, ...overrides], at(minute))).toEqual(expected);
        for (const { expiresAt } of expected) expect(expiresAt === null || expiresAt > at(minute)).toBe(true);
      }),
    );
  });
});

describe('inOrder', () => {
  it('is total: of one instant the id decides', () => {
    fc.assert(
      fc.property(anyOverrides, (overrides) => {
        const ordered = inOrder(overrides);
        for (const [i, one] of ordered.slice(1).entries()) {
          const before = ordered[i]!;
          expect(before.setAt < one.setAt || (before.setAt === one.setAt && before.id < one.id)).toBe(true);
        }
      }),
    );
  });
});

describe('nextExpiry', () => {
  it('is the earliest end, or null', () => {
    expect(nextExpiry([])).toBeNull();
    const overrides = [
      override({ kind: 'freeze' }, 0, 7),
      override({ kind: 'eta', eta: 1 }, 0, 5),
      override({ kind: 'resume' }),
    ];
    expect(nextExpiry(overrides)).toBe(at(5));
  });
});

describe('what follows', () => {
  const job = { id: 'j', batchSizes: [8, 16, 32, 64], defaultBatchSize: 32, maxEpochs: 10 };
  const gpus = { model: 'V100', count: 1, powerLimitsWatts: [100, 150, 200] };
  const under = (...orders: Order[]) =>
    standingOf(
      activeAt(
        orders.map((order) => override(order)),
        at(1),
      ),
    );

  it('a ban takes a size away; of a default, the nearest takes its place; a ban of all is none', () => {
    expect(jobUnder(job, under({ kind: 'banBatchSize', batchSize: 8 })).batchSizes).toEqual([16, 32, 64]);
    expect(jobUnder(job, under({ kind: 'banBatchSize', batchSize: 32 }))).toMatchObject({ defaultBatchSize: 16 });
    const all = job.batchSizes.map((batchSize) => ({ kind: 'banBatchSize', batchSize }) as const);
    expect(jobUnder(job, under(...all))).toEqual(job);
  });

  it('a limit is pinned, bounded, or the highest where nothing is tuned; always one that can be set', () => {
    const held = (chosen: number, ...orders: Order[]) =>
      limitUnder(runOrdersOf(under(...orders)), chosen, gpus.powerLimitsWatts);
    expect(held(150)).toBe(150);
    expect(held(200, { kind: 'powerBound', powerLimitWatts: 160 })).toBe(150);
    expect(held(100, { kind: 'powerBound', powerLimitWatts: 160 })).toBe(100);
    expect(held(100, { kind: 'pinPowerLimit', powerLimitWatts: 199 })).toBe(150);
    expect(held(100, { kind: 'pauseTuning' })).toBe(200);
    const both = [{ kind: 'pauseTuning' }, { kind: 'powerBound', powerLimitWatts: 50 }] as const;
    expect(held(100, ...both)).toBe(100);
  });

  it('η and the slow-down bound take the place of the job’s own', () => {
    const own = { eta: 0.5, deadlineSeconds: 60 };
    expect(objectiveUnder(own, under({ kind: 'eta', eta: 0.9 }))).toEqual({ eta: 0.9, deadlineSeconds: 60 });
    expect(objectiveUnder(own, under({ kind: 'slowDownBound', maxSlowdown: 1.2 }))).toMatchObject({ maxSlowdown: 1.2 });
  });
});

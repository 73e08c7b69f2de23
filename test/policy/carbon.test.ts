import fc from 'fast-check';
import { weigh } from '../../policy/carbon';
import { etaForDeadline } from '../../policy/deadline';
import { beginForecaster, observe } from '../../policy/forecast';
import { etaAtRatio, etaInSlot, etaTowardsEnd, limitAt, type Weighing } from '../../policy/gridWeight';
import { beginReference, budgetReferenceOf, observeReference, referenceOf } from '../../policy/signalReference';
import { beginBudget, pacedEta, priceFactor, renewed, type SlowdownBudget, spend } from '../../policy/slowdownBudget';
import { a40, anyEta, anyProfile, anyRatio, context, hour, reading, run } from './gridWorld';

const odds = (eta: number) => eta / (1 - eta);
const anyWeighing: fc.Arbitrary<Weighing> = fc.record({
  profile: anyProfile,
  eta: anyEta,
  maxPowerWatts: fc.constant(400),
});
const secondsOf = (of: Weighing, eta: number) => limitAt(of, eta).secondsPerEpoch;

describe('etaAtRatio', () => {
  it('is exactly η where the signal is at its reference', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (eta) => expect(etaAtRatio(eta, 1)).toBe(eta)));
  });

  it('multiplies the odds of η by the ratio', () => {
    fc.assert(
      fc.property(anyEta, anyRatio, (eta, ratio) => {
        expect(odds(etaAtRatio(eta, ratio)) / (odds(eta) * ratio)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('stays within 0 and 1, and leaves a run alone that knows only time or only energy', () => {
    fc.assert(
      fc.property(anyRatio, (ratio) => {
        expect(etaAtRatio(0, ratio)).toBe(0);
        expect(etaAtRatio(1, ratio)).toBe(1);
      }),
    );
  });
});

describe('etaTowardsEnd', () => {
  it('is the odds form where the signal will be at the end what it is now', () => {
    fc.assert(
      fc.property(anyWeighing, anyRatio, (of, ratio) => {
        expect(etaTowardsEnd(of, ratio, ratio)).toBe(etaAtRatio(of.eta, ratio));
        // The general way leads to the same.
        expect(etaTowardsEnd(of, ratio, ratio * (1 + 1e-12))).toBeCloseTo(etaAtRatio(of.eta, ratio), 6);
      }),
    );
  });

  it('slows down as the present gets dirtier, and speeds up as the end does', () => {
    fc.assert(
      fc.property(anyWeighing, anyRatio, anyRatio, anyRatio, (of, a, b, other) => {
        const [clean, dirty] = [Math.min(a, b), Math.max(a, b)];
        expect(etaTowardsEnd(of, dirty, other)).toBeGreaterThanOrEqual(etaTowardsEnd(of, clean, other) * (1 - 1e-9));
        expect(etaTowardsEnd(of, other, dirty)).toBeLessThanOrEqual(etaTowardsEnd(of, other, clean) * (1 + 1e-9));
      }),
    );
  });

  it('picks the limit that gains most when an epoch is worth what it will cost at the end', () => {
    fc.assert(
      fc.property(anyWeighing, anyRatio, anyRatio, (of, now, end) => {
        const timeWatts = ((1 - of.eta) / of.eta) * of.maxPowerWatts;
        const costAtEnd = of.profile.map((limit) => (limit.averageWatts * end + timeWatts) * limit.secondsPerEpoch);
        const value = Math.min(...costAtEnd);
        const gain = of.profile.map((limit) => value / limit.secondsPerEpoch - limit.averageWatts * now);
        const chosen = limitAt(of, etaTowardsEnd(of, now, end));
        const best = Math.max(...gain);
        // A negative gain everywhere means that no limit is slow enough; then it is the one of least energy.
        if (best > 0)
          expect(gain[of.profile.indexOf(chosen)]).toBeGreaterThanOrEqual(best - 1e-6 * Math.abs(value / 100));
      }),
    );
  });
});

describe('etaInSlot', () => {
  it('is Chase’s equation 6 for `chase`, with its reference for the highest intensity', () => {
    fc.assert(
      fc.property(
        anyWeighing,
        fc.integer({ min: 5, max: 900 }),
        fc.integer({ min: 50, max: 900 }),
        (of, now, maxCi) => {
          const cost = of.profile.map(
            (limit) =>
              (of.eta * limit.averageWatts * now + (1 - of.eta) * of.maxPowerWatts * maxCi) * limit.secondsPerEpoch,
          );
          fc.pre(now >= 0.01 * maxCi);
          const chosen = limitAt(of, etaInSlot(of, 'chase', { now, atEnd: 1, reference: maxCi }));
          expect(cost[of.profile.indexOf(chosen)]).toBeLessThanOrEqual(Math.min(...cost) * (1 + 1e-9));
        },
      ),
    );
  });

  it('does not care for the unit of the signal', () => {
    fc.assert(
      fc.property(anyWeighing, anyRatio, anyRatio, fc.constantFrom(0.001, 0.125, 8, 1000), (of, now, atEnd, unit) => {
        const one = etaInSlot(of, 'wattbandit', { now, atEnd, reference: 1 });
        const other = etaInSlot(of, 'wattbandit', { now: now * unit, atEnd: atEnd * unit, reference: unit });
        expect(other).toBeCloseTo(one, 9);
      }),
    );
  });

  it('goes about as fast as it can while electricity costs nothing or less', () => {
    for (const price of [0, -0.5, -400]) {
      const eta = etaInSlot(run, 'wattbandit', { now: price, atEnd: 80, reference: 80 });
      expect(limitAt(run, eta).powerLimitWatts).toBe(300);
    }
  });

  it('is the job’s own η without anything to compare, and for `static`', () => {
    const signals = { now: 500, atEnd: 400, reference: 300 };
    expect(etaInSlot(run, 'static', signals)).toBe(run.eta);
    expect(etaInSlot(run, 'wattbandit', { ...signals, now: null })).toBe(run.eta);
    expect(etaInSlot(run, 'wattbandit', { ...signals, reference: null })).toBe(run.eta);
    expect(etaInSlot(run, 'wattbandit', { ...signals, reference: -20 })).toBe(run.eta);
  });
});

describe('weigh', () => {
  it('keeps the job’s own η at the reference, and says so', () => {
    const { eta, explanation, powerLimitWatts } = weigh(run, context());
    expect(eta).toBe(run.eta);
    expect(powerLimitWatts).toBe(225);
    expect(explanation).toContain('300 g/kWh is 1 times the reference of 300');
  });

  it('lowers the limit when the grid is dirty and raises it when clean', () => {
    const limits = [50, 300, 900].map((value) => weigh(run, context({ reading: reading(100, value) })).powerLimitWatts);
    expect(limits).toEqual([300, 225, 200]);
  });

  it('keeps the pace that the decision set', () => {
    const dirty = context({ reading: reading(100, 900) });
    expect(weigh({ ...run, pace: { kind: 'ofMaximumPower', factor: 1.04 } }, dirty).powerLimitWatts).toBe(225);
  });

  const watched = Array.from({ length: 72 }, (_, at) => reading(at, at % 24 < 12 ? 600 : 100)).reduce(
    observe,
    beginForecaster(),
  );

  it('takes a reading that is one period old, then the forecast, then nothing', () => {
    const late = (hours: number) =>
      weigh(run, context({ at: hour(72 + hours), reading: reading(71, 100), forecaster: watched }));
    expect(late(1)).toMatchObject({ signal: 100, signalFrom: 'reading' });
    expect(late(1.5)).toMatchObject({ signalFrom: 'forecaster' });
    expect(late(6)).toMatchObject({ signalFrom: 'forecaster' });
    expect(late(6.1)).toMatchObject({ signal: null, signalFrom: 'none', eta: run.eta });
    expect(late(6.1).explanation).toContain('6.1 h old, and no forecast holds for now, so the job’s own η counts');
  });

  it('believes the provider’s forecast before its own', () => {
    const forecast = [reading(73, 444), reading(74, 555)];
    const of = context({ at: hour(74), reading: reading(71, 100), forecaster: watched, forecast });
    expect(weigh(run, of)).toMatchObject({ signal: 555, signalFrom: 'provider' });
  });

  it('does not believe readings of the future', () => {
    expect(weigh(run, context({ reading: reading(101, 900) }))).toMatchObject({ signal: null, eta: run.eta });
  });

  it('looks at the end of the run where it knows how much is left', () => {
    const dirtyEnd = context({ forecast: [reading(109, 900), reading(110, 900)], workSeconds: 10 * 3600 });
    expect(weigh(run, dirtyEnd).eta).toBeLessThan(run.eta);
    const cleanEnd = context({ forecast: [reading(109, 30), reading(110, 30)], workSeconds: 10 * 3600 });
    expect(weigh(run, cleanEnd).eta).toBeGreaterThan(run.eta);
  });

  it('holds the budget’s price instead of the job’s η', () => {
    const budget = beginBudget({ slowdown: 0.025, runs: 365, eta: 0.2 });
    const { eta, explanation } = weigh(run, context({ budget, reference: 150 }));
    expect(eta).toBe(etaAtRatio(0.2, 2));
    expect(explanation).toContain('which holds the slow-down budget');
  });

  it('survives JSON, and so do its arguments', () => {
    const of = context({
      forecaster: watched,
      budget: beginBudget({ slowdown: 0.05, runs: 9, eta: 0.3 }),
    });
    const copy = JSON.parse(JSON.stringify(of)) as typeof of;
    expect(copy).toEqual(of);
    const weighed = weigh(run, of);
    expect(JSON.parse(JSON.stringify(weighed))).toEqual(weighed);
    expect(weigh(run, copy)).toEqual(weighed);
  });

  it('keeps an even pace to a deadline when it knows nothing of the grid', () => {
    const blind = context({ reading: null, workSeconds: 36_000, leftSeconds: 37_500 });
    const { explanation, powerLimitWatts } = weigh(run, blind);
    expect(powerLimitWatts).toBe(225);
    expect(explanation).toContain('an even pace to its deadline');
  });
});

describe('etaForDeadline', () => {
  it('never lets a run end late, however wrong the forecast', () => {
    const signals = fc.array(fc.double({ min: 0.01, max: 10, noNaN: true }), { minLength: 48, maxLength: 48 });
    fc.assert(
      fc.property(
        anyProfile,
        signals,
        signals,
        fc.double({ min: 0, max: 0.4, noNaN: true }),
        (profile, real, wrong, slack) => {
          const of: Weighing = { profile, eta: 1, maxPowerWatts: 400 };
          let [work, left] = [10 * 3600, 10 * 3600 * (1 + slack)];
          const allowed = left;
          let taken = 0;
          for (let slot = 0; work > 1e-6; slot++) {
            const slots = Array.from({ length: Math.ceil(left / 3600) }, (_, ahead) => ({
              seconds: Math.min(3600, left - ahead * 3600),
              signal: ahead === 0 ? real[slot]! : wrong[(slot + ahead) % 48]!,
            }));
            const speed = secondsOf(of, 0) / secondsOf(of, etaForDeadline(of, work, slots));
            const seconds = Math.min(3600, work / speed);
            [work, left, taken] = [work - seconds * speed, left - seconds, taken + seconds];
          }
          expect(taken).toBeLessThanOrEqual(allowed * (1 + 1e-9));
        },
      ),
    );
  });

  it('is slow in dirty slots and fast in clean ones', () => {
    const of: Weighing = { profile: a40, eta: 1, maxPowerWatts: 300 };
    const slots = [9, 1, 1, 1].map((signal) => ({ seconds: 3600, signal }));
    const clean = [1, 9, 1, 1].map((signal) => ({ seconds: 3600, signal }));
    const work = 4 * 3600 * 0.97;
    expect(limitAt(of, etaForDeadline(of, work, slots)).powerLimitWatts).toBeLessThan(
      limitAt(of, etaForDeadline(of, work, clean)).powerLimitWatts,
    );
  });

  it('goes as fast as it can when it is late already', () => {
    expect(etaForDeadline(run, 3601, [{ seconds: 3600, signal: 5 }])).toBe(0);
    expect(etaForDeadline(run, 10, [])).toBe(0);
  });
});

describe('the slow-down budget', () => {
  const begun = beginBudget({ slowdown: 0.025, runs: 365, eta: 0.3 });
  const after = (budget: SlowdownBudget, slowdowns: readonly number[]) =>
    slowdowns.reduce((state, slowdown) => spend(state, slowdown, priceFactor(state)), budget);

  it('leaves the price alone as long as runs are as slow as planned', () => {
    expect(pacedEta(begun)).toBeCloseTo(0.3, 12);
    expect(
      pacedEta(
        after(
          begun,
          Array.from({ length: 100 }, () => 0.025),
        ),
      ),
    ).toBeCloseTo(0.3, 9);
  });

  it('makes time dearer after slow runs and cheaper after fast ones', () => {
    expect(
      pacedEta(
        after(
          begun,
          Array.from({ length: 30 }, () => 0.05),
        ),
      ),
    ).toBeLessThan(0.3);
    expect(
      pacedEta(
        after(
          begun,
          Array.from({ length: 30 }, () => 0),
        ),
      ),
    ).toBeGreaterThan(0.3);
  });

  it('holds the mean over a year, whatever the grid does to runs, if they answer to the price', () => {
    const level = fc.double({ min: 0.6, max: 1.6, noNaN: true });
    fc.assert(
      fc.property(fc.array(level, { minLength: 12, maxLength: 12 }), (months) => {
        let budget = begun;
        let sum = 0;
        for (let day = 0; day < 365; day++) {
          const factor = priceFactor(budget);
          const slowdown = (0.025 * months[Math.floor(day / 31)]!) / factor;
          budget = spend(budget, slowdown, factor);
          sum += slowdown;
        }
        expect(Math.abs(sum / 365 - 0.025)).toBeLessThan(0.0015);
      }),
    );
  });

  it('plans the next period by the seasons of the last, at the price that would have held it', () => {
    const winter = Array.from({ length: 180 }, () => 0.06);
    const summer = Array.from({ length: 185 }, () => 0.02);
    const spent = [...winter, ...summer].reduce((state, slowdown) => spend(state, slowdown, 1), begun);
    const next = renewed(spent);
    expect(next.plan[0]! / next.plan[51]!).toBeCloseTo(3, 9);
    expect(next.plan.reduce((sum, mean) => sum + mean, 0) / 52).toBeCloseTo(0.025, 3);
    expect(next.eta).toBeLessThan(0.3);
    // A winter as the last one was is no surprise.
    const used = Array.from({ length: 90 }, () => next.plan[0]!);
    expect(priceFactor(after(next, used))).toBeCloseTo(1, 2);
  });

  it('goes on into the next period by itself, and survives JSON', () => {
    const year = after(
      begun,
      Array.from({ length: 366 }, () => 0.03),
    );
    expect(year.spent.reduce((sum, part) => sum + part.runs, 0)).toBe(1);
    expect(JSON.parse(JSON.stringify(year))).toEqual(year);
  });

  it('never moves the price more than twentyfold', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 3, noNaN: true }), { maxLength: 400 }), (slowdowns) => {
        const factor = priceFactor(after(begun, slowdowns));
        expect(factor).toBeGreaterThanOrEqual(0.05);
        expect(factor).toBeLessThanOrEqual(20);
      }),
    );
  });
});

describe('the slow reference', () => {
  const told = (hours: number, value: (at: number) => number) =>
    Array.from({ length: hours }, (_, at) => reading(at, value(at))).reduce(observeReference, beginReference());

  it('is the mean of the last 28 days', () => {
    expect(referenceOf(told(24, (at) => at))).toBeCloseTo(11.5, 9);
    const changed = told(24 * 60, (at) => (at < 24 * 31 ? 100 : 300));
    expect(referenceOf(changed)).toBe(300);
    expect(changed.days.length).toBeLessThanOrEqual(29);
  });

  it('is halfway between 28 days and a year for a budget, and keeps a year in some forty rows', () => {
    const grown = told(24 * 500, (at) => (at < 24 * 460 ? 100 : 400));
    expect(referenceOf(grown)).toBe(400);
    expect(budgetReferenceOf(grown)).toBeGreaterThan(200);
    expect(budgetReferenceOf(grown)).toBeLessThan(250);
    expect(grown.days.length + grown.months.length).toBeLessThan(45);
    expect(budgetReferenceOf(told(24 * 500, () => 70))).toBeCloseTo(70, 9);
    expect(budgetReferenceOf(told(24 * 10, () => -5))).toBe(-5);
  });

  it('weighs readings by how long they hold', () => {
    const half = observeReference(observeReference(beginReference(), reading(0, 100, 0.5)), reading(0.5, 400, 1));
    expect(referenceOf(half)).toBe(300);
  });

  it('counts nothing twice', () => {
    const once = told(30, (at) => at);
    expect(observeReference(once, reading(12, 9000))).toBe(once);
    expect(observeReference(once, reading(29, 9000))).toBe(once);
  });

  it('knows nothing before the first reading, and survives JSON', () => {
    expect(referenceOf(beginReference())).toBeNull();
    const state = told(50, (at) => at);
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });
});

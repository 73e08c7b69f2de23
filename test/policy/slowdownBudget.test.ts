import fc from 'fast-check';
import { beginBudget, pacedEta, priceFactor, renewed, type SlowdownBudget, spend } from '../../policy/slowdownBudget';

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

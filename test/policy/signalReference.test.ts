import { beginReference, budgetReferenceOf, observeReference, referenceOf } from '../../policy/signalReference';
import { reading } from './gridWorld';

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

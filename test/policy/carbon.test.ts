import { weigh } from '../../policy/carbon';
import { beginForecaster, observe } from '../../policy/forecast';
import { etaAtRatio } from '../../policy/gridWeight';
import { beginBudget } from '../../policy/slowdownBudget';
import { context, hour, reading, run } from './gridWorld';

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

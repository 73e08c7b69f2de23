import { budgetReferences, chooserOf, deadlineChooser, forecastersOf } from '../../simulation/carbonPolicies';
import { limitAt } from '../../policy/gridWeight';
import { weigh } from '../../policy/carbon';
import { beginForecaster } from '../../policy/forecast';
import { type CarbonContender, simulateCarbon } from '../../simulation/carbon';
import type { CarbonMode } from '../../simulation/carbonReport';
import { playRun, slowdownOf } from '../../simulation/carbonRun';
import type { CarbonCurve } from '../../simulation/carbonCurves';
import type { CarbonSeries } from '../../simulation/carbonSeries';
import { loadCurves, loadZones } from '../../simulation/tracesCarbon';
import { packagedGrids, packagedTraces } from '../../worker/packaged';

const [ciso] = loadZones(packagedGrids, ['CISO']) as [CarbonSeries];
const [a40] = loadCurves(packagedTraces, ['a40-resnet50-b128']) as [CarbonCurve];
const everybody: readonly CarbonContender[] = ['static', 'chase', 'wattbandit', 'oracle'];

function simulate(modes: readonly CarbonMode[], policies = everybody, seed = '1') {
  return simulateCarbon({ zones: [ciso], curves: [a40], policies, slowdowns: [0.025], modes, starts: 40, seed });
}

describe('simulateCarbon', () => {
  const { results, summary } = simulate(['tuned', 'held']);
  const of = (policy: string, mode: CarbonMode) => results.filter((one) => one.policy === policy && one.mode === mode);

  it('has one result for every mode and policy, and one row of summary', () => {
    expect(results.map(({ mode, policy }) => `${mode} ${policy}`)).toEqual(
      ['tuned', 'held'].flatMap((mode) => everybody.map((policy) => `${mode} ${policy}`)),
    );
    expect(summary).toHaveLength(results.length);
  });

  it('compares tuned policies at exactly the slow-down that was asked for', () => {
    for (const policy of ['static', 'chase', 'wattbandit', 'oracle'])
      for (const one of of(policy, 'tuned')) expect(Math.abs(one.meanSlowdown - one.slowdown)).toBeLessThan(1e-6);
  });

  it('shows no policy better than the oracle, and the oracle no worse than a cap', () => {
    for (const { carbonVsStatic, gap, gapClosed } of results) {
      expect(gapClosed).toBeLessThanOrEqual(1 + 1e-6);
      expect(gap).toBeGreaterThan(0);
      expect(Number.isFinite(carbonVsStatic)).toBe(true);
    }
    for (const one of [...of('static', 'tuned'), ...of('static', 'held')]) expect(one.gapClosed).toBeCloseTo(0, 9);
    for (const one of of('oracle', 'tuned')) expect(one.gapClosed).toBeCloseTo(1, 6);
  });

  it('closes most of the gap on a grid as California’s, more than Chase, tuned and held', () => {
    for (const mode of ['tuned', 'held'] as const) {
      const ours = of('wattbandit', mode);
      expect(Math.min(...ours.map(({ gapClosed }) => gapClosed ?? 0))).toBeGreaterThan(mode === 'tuned' ? 0.95 : 0.75);
      ours.forEach((one, at) => expect(one.carbonVsStatic).toBeLessThan(of('chase', mode)[at]!.carbonVsStatic));
    }
  });

  it('holds the slow-down over a year that it knows nothing of', () => {
    for (const policy of ['chase', 'wattbandit'])
      for (const one of of(policy, 'held')) {
        expect(one.runs).toBeGreaterThan(355);
        expect(Math.abs(one.meanSlowdown - one.slowdown)).toBeLessThan(0.001);
      }
  });

  it('is the published saving of a cap: 13.5 % of the carbon for 2.5 % of the time', () => {
    const cap = of('static', 'held').find((one) => one.curve === a40.name && one.slowdown === 0.025);
    expect(cap?.carbonVsMaxPower).toBeCloseTo(-0.1355, 2);
    expect(cap?.p95Slowdown).toBeCloseTo(0.025, 6);
  });

  it('plays the same again, and other runs with another seed', () => {
    const [again, other] = ['1', '2'].map((seed) => simulate(['tuned'], ['wattbandit'], seed).results);
    expect(again).toEqual(of('wattbandit', 'tuned'));
    expect(other).not.toEqual(again);
  });

  it('refuses a slow-down that is none, and a grid too short to learn from', () => {
    const short = { ...ciso, gramsPerKwh: ciso.gramsPerKwh.slice(0, 24 * 20) };
    const options = { curves: [a40], policies: everybody, modes: ['held' as const], starts: 3, seed: '1' };
    expect(() => simulateCarbon({ ...options, zones: [ciso], slowdowns: [2.5] })).toThrow(
      'slowdown is 2.5 and must be',
    );
    expect(() => simulateCarbon({ ...options, zones: [short], slowdowns: [0.01] })).toThrow(
      'its 480 hours are too few',
    );
  });
});

describe('the simulated policies', () => {
  const ground = { curve: a40, gramsPerKwh: ciso.gramsPerKwh };
  const forecasters = forecastersOf(ciso);
  const references = budgetReferences(ciso);
  const played = {
    ground,
    forecasters,
    policy: 'wattbandit' as const,
    referenceAt: (hour: number) => references[hour]!,
  };
  /** Of the A40; slower than that emits more. */
  const leastEnergySlowdown = 0.1;
  const starts = Array.from({ length: 20 }, (_, at) => 400 + at * 811);

  it('never exceed a deadline, whatever the grid does', () => {
    for (const slowdown of [0.01, 0.05, 0.15])
      for (const start of starts) {
        const run = playRun(ground, start, deadlineChooser(played, slowdown));
        expect(slowdownOf(run)).toBeLessThanOrEqual(slowdown + 1e-9);
        expect(slowdownOf(run)).toBeGreaterThan(0.8 * Math.min(slowdown, leastEnergySlowdown));
      }
  });

  it('choose what `weigh` chooses from the same readings', () => {
    const instant = (hour: number) => new Date(Date.parse(ciso.beginsAt) + hour * 3_600_000).toISOString();
    const run = { profile: a40.profile, eta: 0.35, maxPowerWatts: 300, pace: { kind: 'free' } as const };
    for (const policy of ['wattbandit', 'chase', 'static'] as const)
      for (const start of starts) {
        const choose = chooserOf({ ...played, policy }, start, run.eta);
        const [hour, workLeft] = [start + 5, 19];
        const highest = Math.max(...ciso.gramsPerKwh.slice(start - 24, start));
        const { powerLimitWatts } = weigh(run, {
          policy,
          unit: 'g/kWh',
          at: instant(hour + 0.5),
          reading: { validFromAt: instant(hour), validToAt: instant(hour + 1), value: ciso.gramsPerKwh[hour]! },
          forecast: [],
          forecaster: forecasters[hour] ?? beginForecaster(),
          slotSeconds: 3600,
          staleAfterSeconds: 6 * 3600,
          reference: policy === 'chase' ? highest : references[hour]!,
          budget: null,
          workSeconds: workLeft * 3600,
          leftSeconds: null,
        });
        const chosen = policy === 'static' ? limitAt(run, run.eta) : choose(hour, workLeft, 5);
        expect(powerLimitWatts).toBe(chosen.powerLimitWatts);
      }
  });
});

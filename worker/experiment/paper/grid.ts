/** Chase's figures: what of them is the power cap, and what following the grid adds. */
import { type CarbonResult, type CarbonSummary } from '../../../simulation/carbonReport';
import { chooserOf, forecastersOf } from '../../../simulation/carbonPolicies';
import { longestHours, playCapped } from '../../../simulation/carbonCaps';
import { playRun, slowdownOf, top } from '../../../simulation/carbonRun';
import { randomStarts } from '../../../simulation/carbonStarts';
import { simulateCarbon } from '../../../simulation/carbon';
import { loadCurves, loadZones } from '../../../simulation/tracesCarbon';
import { mean, total } from '../../../simulation/statistics';
import type { CarbonCurve } from '../../../simulation/carbonCurves';
import type { CarbonSeries } from '../../../simulation/carbonSeries';
import { limitAt } from '../../../policy/gridWeight';
import { fineChange, fixed, folded, percent, tableOf } from './markdown';
import { chasePaper } from './published';
import type { Section } from './section';

const starts = 400;
const seed = '1';

export const chase: Section = {
  name: 'chase',
  title: 'Chase’s headline',
  async make({ gridsDirectory, powerDirectory }) {
    const [curve] = loadCurves(powerDirectory, [chasePaper.curve]);
    if (curve === undefined) return { text: `The recordings have no ${chasePaper.curve}.` };
    const zones = loadZones(gridsDirectory);
    return {
      text: [
        `Chase’s paper reports one run of ResNet-50 on one A40 against maximum power. Its code’s η is ${chasePaper.eta}. On Zeus’s recording`,
        'of that GPU and model, its rule on a grid that never changes is one constant cap, and has the same two figures: what was saved',
        'there is what the cap saves.',
        '',
        headlineTable(curve),
        '',
        `The same rule, η ${chasePaper.eta}, on recorded grids: 24-hour runs from ${starts} random starts each (seed ${seed}). *Cap* is the best`,
        'constant power of the same mean time.',
        '',
        tableOf(
          [
            { title: 'Grid', cell: ({ zone }) => zone },
            { title: 'Time', number: true, cell: ({ slowdown }) => fineChange(slowdown) },
            { title: 'Carbon', number: true, cell: ({ carbon }) => fineChange(carbon) },
            { title: 'Carbon of the cap', number: true, cell: ({ capped }) => fineChange(capped) },
          ],
          zones.map((series) => operatingPoint(series, curve)),
        ),
        '',
        'Not reproduced: the January 2023 intensities of the paper are not public, and neither batch size nor η of its run are stated.',
      ].join('\n'),
    };
  },
};

function headlineTable(curve: CarbonCurve): string {
  const highest = top(curve);
  const run = { profile: curve.profile, eta: chasePaper.eta, maxPowerWatts: highest.powerLimitWatts };
  const cap = limitAt(run, chasePaper.eta);
  const time = cap.secondsPerEpoch / highest.secondsPerEpoch - 1;
  const energy = (1 + time) * (cap.averageWatts / highest.averageWatts) - 1;
  return tableOf<readonly [string, string, string]>(
    [
      { title: 'ResNet-50, A40', cell: ([what]) => what },
      { title: 'Time', number: true, cell: ([, second]) => second },
      { title: 'Carbon', number: true, cell: ([, , third]) => third },
    ],
    [
      ['Chase’s paper, following Central US', fineChange(chasePaper.time), fineChange(chasePaper.carbon)],
      [`here, ${cap.powerLimitWatts} W throughout`, fineChange(time), fineChange(energy)],
    ],
  );
}

interface OperatingPoint {
  readonly zone: string;
  readonly slowdown: number;
  readonly carbon: number;
  readonly capped: number;
}

function operatingPoint(series: CarbonSeries, curve: CarbonCurve): OperatingPoint {
  const ground = { curve, gramsPerKwh: series.gramsPerKwh };
  const hours = randomStarts(series, starts, { longestHours: longestHours(curve), seed });
  const played = { ground, forecasters: forecastersOf(series), policy: 'chase', referenceAt: () => 0 } as const;
  const runs = hours.map((start) => playRun(ground, start, chooserOf(played, start, chasePaper.eta)));
  const slowdown = mean(runs.map(slowdownOf));
  const grams = (of: typeof runs | ReturnType<typeof playCapped>) => total(of, (one) => one.grams);
  const maxPower = grams(playCapped(ground, hours, 0));
  return {
    zone: series.zone,
    slowdown,
    carbon: grams(runs) / maxPower - 1,
    capped: grams(playCapped(ground, hours, slowdown)) / maxPower - 1,
  };
}

const percentages = [0.01, 0.025, 0.05];

export const followed: Section = {
  name: 'grid',
  title: 'Following the grid',
  async make({ gridsDirectory, onProgress, powerDirectory }) {
    const { results, summary } = simulateCarbon({
      zones: loadZones(gridsDirectory),
      curves: loadCurves(powerDirectory),
      policies: ['static', 'chase', 'wattbandit', 'oracle'],
      slowdowns: percentages,
      modes: ['tuned', 'held'],
      starts,
      seed,
      onProgress: ({ done, total: all, name }) => onProgress(`${name} (${done} of ${all})`),
    });
    return {
      text: [
        'What following the grid saves over the best constant cap of equal mean time, as a share of what an oracle saves that knows the',
        'future. *Tuned*: each weight set on the very runs that count. *Held*: a budget holds the slow-down, its weight from the year before.',
        'Mean over the grids and GPUs in which the oracle saves 0.3 % or more.',
        '',
        summaryTable(summary),
        '',
        ...percentages.map((slowdown) =>
          folded(`At ${percent(slowdown)}, tuned, one by one`, resultTable(results, slowdown)),
        ),
      ].join('\n'),
    };
  },
};

function summaryTable(summary: readonly CarbonSummary[]): string {
  const share = (value: number | null) => (value === null ? '–' : percent(value));
  return tableOf<CarbonSummary>(
    [
      { title: 'Mode', cell: ({ mode }) => mode },
      { title: 'Slow-down', number: true, cell: ({ slowdown }) => percent(slowdown) },
      { title: 'Policy', cell: ({ policy }) => policy },
      { title: 'Gap closed', number: true, cell: ({ gapClosed }) => share(gapClosed) },
      { title: 'Worst', number: true, cell: ({ worstGapClosed }) => share(worstGapClosed) },
      {
        title: 'Carbon over the cap',
        number: true,
        cell: ({ carbonVsStatic }) => (carbonVsStatic === null ? '–' : fineChange(carbonVsStatic)),
      },
      {
        title: 'Slow-down off by at most',
        number: true,
        cell: ({ worstSlowdownError }) => `${fixed(100 * worstSlowdownError, 2)} %`,
      },
    ],
    summary,
  );
}

function resultTable(results: readonly CarbonResult[], slowdown: number): string {
  const own = results.filter((row) => row.mode === 'tuned' && row.slowdown === slowdown);
  const places = own.filter(({ policy }) => policy === 'static');
  const of = ({ curve, zone }: CarbonResult, policy: string) =>
    own.find((row) => row.curve === curve && row.zone === zone && row.policy === policy)?.carbonVsMaxPower ??
    Number.NaN;
  return tableOf<CarbonResult>(
    [
      { title: 'GPU and model', cell: ({ curve }) => curve },
      { title: 'Grid', cell: ({ zone }) => zone },
      ...['static', 'chase', 'wattbandit', 'oracle'].map((policy) => ({
        title: policy === 'static' ? 'Cap' : policy,
        number: true as const,
        cell: (row: CarbonResult) => fineChange(of(row, policy)),
      })),
    ],
    places,
  );
}

/** Chase's figures: what of them is the power cap, and what following the grid adds. */
import { limitAt } from '../../../policy/gridWeight';
import { longestHours, playCapped } from '../../../simulation/carbonCaps';
import type { CarbonCurve } from '../../../simulation/carbonCurves';
import { chooserOf, forecastersOf } from '../../../simulation/carbonPolicies';
import { playRun, slowdownOf, top } from '../../../simulation/carbonRun';
import type { CarbonSeries } from '../../../simulation/carbonSeries';
import { randomStarts } from '../../../simulation/carbonStarts';
import { mean, total } from '../../../simulation/statistics';
import { loadCurves, loadZones } from '../../../simulation/tracesCarbon';
import { fineChange, tableOf } from './markdown';
import { chasePaper } from './published';
import type { Section } from './section';

const starts = 400;
const seed = '1';

export const chase: Section = {
  name: 'chase',
  title: 'Chase’s headline',
  async make({ gridsDirectory, powerDirectory }) {
    const curve = loadCurves(powerDirectory).find(({ name }) => name === chasePaper.curve);
    if (curve === undefined) return { text: `These recordings have no ${chasePaper.curve}.` };
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

/** What following recorded grids saves, over the best power cap of equal time. */
import { simulateCarbon } from '../../../simulation/carbon';
import type { CarbonResult, CarbonSummary } from '../../../simulation/carbonReport';
import { loadCurves, loadZones } from '../../../simulation/tracesCarbon';
import { fineChange, fixed, folded, percent, tableOf } from './markdown';
import type { Section } from './section';

const starts = 400;
const seed = '1';
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
    return { text: followedText(results, summary) };
  },
};

export function followedText(results: readonly CarbonResult[], summary: readonly CarbonSummary[]): string {
  return [
    'What following the grid saves over the best constant cap of equal mean time, as a share of what an oracle saves that knows the',
    'future. *Tuned*: each weight set on the very runs that count. *Held*: a budget holds the slow-down, its weight from the year before.',
    'Mean over the grids and GPUs in which the oracle saves 0.3 % or more.',
    '',
    summaryTable(summary),
    '',
    ...percentages.map((slowdown) =>
      folded(`At ${percent(slowdown)}, tuned, one by one`, resultTable(results, slowdown)),
    ),
  ].join('\n');
}

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

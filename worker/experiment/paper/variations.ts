/** What Zeus and wattbandit come to under other η and β, when the job changes, and when recurrences overlap. */
import { type Row, summariseRows } from '../../../simulation/sweep';
import { geometricMean } from '../../../simulation/statistics';
import { change, fixed, tableOf } from './markdown';
import { zeusSimulatorByEta } from './published';
import type { Section } from './section';

type Line = ReturnType<typeof summariseRows>[number] & { readonly rows: readonly Row[] };

function linesOf(rows: readonly Row[]): readonly Line[] {
  return summariseRows(rows).map((line) => ({
    ...line,
    rows: rows.filter(
      (row) =>
        row.scenario === line.scenario &&
        row.eta === line.eta &&
        row.beta === line.beta &&
        row.policy === line.policy &&
        row.recurrences === line.recurrences,
    ),
  }));
}

/** One line for each combination and policy, over all jobs and GPUs. */
function variationTable(title: string, of: (line: Line) => string, lines: readonly Line[]): string {
  return tableOf<Line>(
    [
      { title, number: true, cell: of },
      { title: 'Policy', cell: ({ policy }) => policy },
      { title: 'Regret', number: true, cell: ({ regret }) => fixed(regret, 2) },
      {
        title: 'Of Zeus',
        number: true,
        cell: ({ ratioToZeus }) => (ratioToZeus === null ? '–' : fixed(ratioToZeus, 2)),
      },
      {
        title: 'Worst job, of Zeus',
        number: true,
        cell: ({ worstRatioToZeus }) => (worstRatioToZeus === null ? '–' : fixed(worstRatioToZeus, 2)),
      },
      {
        title: 'Energy',
        number: true,
        cell: ({ rows }) => change(geometricMean(rows.map(({ energyVsDefault }) => energyVsDefault))),
      },
      {
        title: 'Time',
        number: true,
        cell: ({ rows }) => change(geometricMean(rows.map(({ timeVsDefault }) => timeVsDefault))),
      },
      { title: 'Last 20, cost / oracle', number: true, cell: ({ tailCostOverOracle }) => fixed(tailCostOverOracle, 3) },
      { title: 'Failed runs', number: true, cell: ({ failedRuns }) => fixed(failedRuns, 1) },
    ],
    lines,
  );
}

/** Lengths that depend on the job make lines of their own; for these tables they are one. */
function asOneLength(rows: readonly Row[]): readonly Row[] {
  return rows.map((row) => ({ ...row, recurrences: 0 }));
}

const both = ['zeus', 'wattbandit'] as const;

export const etaSweep: Section = {
  name: 'eta',
  title: 'Other weights of time and energy',
  async make({ play }) {
    const rows = await play({ name: 'eta', policies: [...both], eta: [0, 0.25, 0.5, 0.75, 1], recurrences: ['2BP'] });
    const lines = linesOf(asOneLength(rows));
    const regret = (eta: number) => lines.find((line) => line.eta === eta && line.policy === 'zeus')?.regret;
    return {
      text: [
        'η 0: only time matters; 1: only energy. As many recurrences as above.',
        '',
        variationTable('η', ({ eta }) => String(eta), lines),
        '',
        'Zeus’s regret in Zeus’s own simulator is over four GPUs, P100 included, whose recordings do not lie here:',
        '',
        tableOf<(typeof zeusSimulatorByEta)[number]>(
          [
            { title: 'η', number: true, cell: ([eta]) => String(eta) },
            { title: 'Zeus’s simulator, four GPUs', number: true, cell: ([, theirs]) => fixed(theirs, 2) },
            { title: 'Zeus here', number: true, cell: ([eta]) => fixed(regret(eta) ?? Number.NaN, 2) },
          ],
          zeusSimulatorByEta,
        ),
      ].join('\n'),
    };
  },
};

export const betaSweep: Section = {
  name: 'beta',
  title: 'Stopping runs earlier or later',
  async make({ play }) {
    const beta = [1.25, 1.5, 1.75, 2, 3, 5];
    const rows = await play({ name: 'beta', policies: [...both], beta, recurrences: ['2BP'] });
    return {
      text: [
        'A run of Zeus is stopped once it costs β times the cheapest so far; wattbandit’s β holds for sizes that have not converged yet,',
        'proven ones have a ceiling of their own. η 0.5.',
        '',
        variationTable('β', (line) => String(line.beta), linesOf(asOneLength(rows))),
      ].join('\n'),
    };
  },
};

export const drift: Section = {
  name: 'drift',
  title: 'Jobs that change half way',
  async make({ play }) {
    const scenarios = ['drift-doubled', 'drift-halved', 'drift-shifted', 'drift-target'];
    const rows = await play({ name: 'drift', policies: [...both], scenarios, recurrences: [100] });
    return {
      text: [
        'After 50 of 100 recurrences the job needs twice or half the epochs, its best batch size moves by a factor √2 of epochs a doubling,',
        'or the target is the next easier one. The oracle changes with it. Zeus’s paper tests drift on Capriccio, whose',
        'recordings do not lie here, with a window that forgets; here Zeus has none, as in its other experiments. When epochs double,',
        'nearly every run costs more than twice the cheapest one of before, so Zeus stops it, again and again.',
        '',
        variationTable('Change', ({ scenario }) => scenario.replace('drift-', ''), linesOf(rows)),
      ].join('\n'),
    };
  },
};

export const overlap: Section = {
  name: 'overlap',
  title: 'Overlapping recurrences',
  async make({ play }) {
    const scenarios = ['none', 'overlap-2', 'overlap-4', 'overlap-8'];
    const rows = await play({ name: 'overlap', policies: [...both], scenarios, recurrences: [20, 100] });
    return {
      text: [
        'So many recurrences run at once. Zeus answers with the best size so far while it waits for one that it tries.',
        '',
        variationTable(
          'At once, recurrences',
          ({ scenario, recurrences }) =>
            `${scenario === 'none' ? '1' : scenario.replace('overlap-', '')}, ${recurrences}`,
          linesOf(rows),
        ),
      ].join('\n'),
    };
  },
};

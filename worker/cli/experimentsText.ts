/** Experiments as a table, and what to do with them. */
import type { ListedExperiment } from '../experiment/listExperiments';
import { instant } from './numbers';
import { type Column, type Style, table } from './text';

const columns: readonly Column<ListedExperiment>[] = [
  { title: 'Experiment', cell: ({ name }) => name },
  { title: 'State', cell: ({ state }) => state },
  { title: 'Cells done', align: 'right', cell: ({ cellsDone, cells }) => `${cellsDone ?? '–'} of ${cells ?? '–'}` },
  { title: 'Started', cell: ({ startedAt }) => instant(startedAt) },
  { title: 'Ended', cell: ({ endedAt }) => instant(endedAt) },
  { title: 'Version', cell: ({ version }) => version ?? '–' },
];

export function experimentsText(experiments: readonly ListedExperiment[], style: Style): string {
  if (experiments.length === 0) return 'There are none: `wattbandit experiment run <sweep> --durable` begins one.';
  return [
    table(columns, experiments),
    '',
    style.dim(
      '`wattbandit experiment run <sweep> --out <file>`, with its sweep file, writes the result of one that is done, and',
    ),
    style.dim('goes on with one that failed or was cancelled. –: no worker answered.'),
  ].join('\n');
}

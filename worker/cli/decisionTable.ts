/** One decision explained: what was considered, what each batch size was thought to cost, and why one won. */
import type { Candidate, Decision } from '../../policy/policy';
import { duration, energy, percent, watts } from './numbers';
import { type Column, table } from './text';

/** Every batch size that was considered; costs relative to the cheapest prediction. */
export function candidateTable({ considered, batchSize: chosen }: Decision): string {
  const cheapest = Math.min(...considered.map(({ predictedCostJoules }) => predictedCostJoules ?? Infinity));
  const columns: readonly Column<Candidate>[] = [
    { title: '', cell: ({ batchSize }) => (batchSize === chosen ? '→' : '') },
    { title: 'Batch size', align: 'right', cell: ({ batchSize }) => String(batchSize) },
    { title: 'Limit', align: 'right', cell: ({ powerLimitWatts }) => watts(powerLimitWatts) },
    { title: 'Epochs', align: 'right', cell: ({ predictedEpochs }) => predictedEpochs?.toFixed(1) ?? '–' },
    { title: 'Time', align: 'right', cell: ({ predictedSeconds }) => duration(predictedSeconds) },
    { title: 'Cost', align: 'right', cell: ({ predictedCostJoules }) => energy(predictedCostJoules) },
    { title: 'Relative', align: 'right', cell: ({ predictedCostJoules }) => relative(predictedCostJoules, cheapest) },
    { title: '±', align: 'right', cell: ({ sd }) => percent(sd) },
    { title: 'Gain', align: 'right', cell: ({ gainJoules }) => energy(gainJoules) },
    { title: 'Price', align: 'right', cell: ({ priceJoules }) => energy(priceJoules) },
    { title: 'Verdict', cell: ({ verdict }) => verdict },
  ];
  return table(columns, considered);
}

function relative(cost: number | null, cheapest: number): string {
  return cost === null || !(cheapest > 0) ? '–' : `×${(cost / cheapest).toFixed(2)}`;
}

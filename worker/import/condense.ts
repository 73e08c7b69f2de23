/** Of very many runs, the latest say all that a warm start needs; of older ones it is what they measured. */
import type { PowerMeasurement } from '../../policy/facts';
import type { ReadRow, Row, RowFacts } from './rows';

/** At each batch size on each GPU model: several times what counts. */
const latestRuns = 20;

export function condense(rows: readonly Row[]): readonly Row[] {
  const seen = new Map<string, number>();
  const kept: Row[] = [];
  const older = new Map<string, ReadRow[]>();
  for (const row of rows.toReversed()) {
    const group = row.kind === 'read' && row.facts.at !== null ? groupOf(row.facts) : undefined;
    const count = group === undefined ? 0 : (seen.get(group) ?? 0) + 1;
    if (group !== undefined) seen.set(group, count);
    if (row.kind !== 'read' || group === undefined || count <= latestRuns) {
      kept.push(row);
      continue;
    }
    const before = older.get(group) ?? [];
    before.push(row);
    older.set(group, before);
  }
  return [...[...older.values()].flatMap(measuredIn), ...kept.toReversed()];
}

const groupOf = ({ gpuModel, batchSize }: RowFacts) => JSON.stringify([gpuModel, batchSize]);

/** As one row; the latest measurement of each limit counts. `rows`: the latest first. */
function measuredIn(rows: readonly ReadRow[]): readonly ReadRow[] {
  const [latest] = rows;
  const latestOf = new Map<string, PowerMeasurement>();
  for (const { facts } of rows.toReversed())
    for (const at of facts.measurements) latestOf.set(`${at.batchSize} ${at.powerLimitWatts}`, at);
  if (latest === undefined || latestOf.size === 0) return [];
  const measurements = [...latestOf.values()];
  const none = { seconds: 0, joules: 0, epochs: 0, powerLimitWatts: null, at: null, outcome: 'operator' } as const;
  const { gpuModel, batchSize } = latest.facts;
  const facts: RowFacts = { ...none, gpuModel, batchSize, measurements, detail: 'what older runs measured' };
  return [
    { kind: 'read', place: `before ${latest.place}`, key: JSON.stringify([gpuModel, measurements]), facts, doubts: [] },
  ];
}

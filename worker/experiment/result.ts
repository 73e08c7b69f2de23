/** The result of a sweep as lines of JSON: a header with everything it takes to play it again, then the rows. */
import type { Row, Sweep } from '../../simulation/sweep';
import type { Provenance } from '../../workflows/experimentMessages';
import type { Plan } from './plan';

export interface ResultHeader extends Provenance {
  readonly schemaVersion: 1;
  readonly kind: 'experiment';
  readonly command: string;
  readonly sweep: Sweep;
  /** Everything random in a series follows from these texts. */
  readonly seeds: string;
}

/** Where and how it was played changes no number, so nothing here tells it. `file`: the sweep's, without its directory. */
export function headerOf({ provenance, sweep }: Plan, file: string): ResultHeader {
  return {
    schemaVersion: 1,
    kind: 'experiment',
    ...provenance,
    command: `wattbandit experiment run ${file}`,
    seeds: `<gpu>/<job>/<scenario>/0 to ${sweep.seeds - 1}`,
    sweep,
  };
}

export function linesOf(header: ResultHeader, rows: readonly Row[]): string {
  const lines = [header, ...rows.map((row) => ({ kind: 'row', ...row }))];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

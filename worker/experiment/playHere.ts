/** A sweep in this process, cell by cell. */
import { setImmediate as others } from 'node:timers/promises';
import { type Row, playCell } from '../../simulation/sweep';
import type { Plan } from './plan';

export type OnProgress = (done: number) => void;

export async function playHere({ cells, sweep }: Plan, onProgress: OnProgress = () => {}): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [done, cell] of cells.entries()) {
    onProgress(done);
    // An interruption gets its turn.
    rows.push(...(await playCell(sweep, cell, () => others())));
  }
  return rows;
}

/** Sorts what somebody wants to import: new and plausible, known already, or set aside. */
import type { Job, Observation } from '../policy/facts';
import type { ImportAnswer } from './messages';
import { doubtImported } from './plausible';

export interface Sorted {
  readonly fresh: readonly Observation[];
  readonly answer: ImportAnswer;
}

/** `held`: ids of what was imported before. Of two with one id the first counts. */
export function sortImports(
  observations: readonly Observation[],
  held: readonly string[],
  job: Pick<Job, 'batchSizes' | 'maxEpochs'>,
): Sorted {
  const known = new Set(held);
  const fresh: Observation[] = [];
  const refused: { readonly id: string; readonly why: string }[] = [];
  for (const observation of observations) {
    const { id } = observation;
    if (known.has(id)) continue;
    const why = doubtImported(observation, job);
    if (why === undefined) fresh.push(observation);
    else refused.push({ id, why });
    known.add(id);
  }
  const repeated = observations.length - fresh.length - refused.length;
  return { fresh, answer: { taken: fresh.length, known: repeated, refused } };
}

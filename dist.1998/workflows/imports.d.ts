/** Sorts what somebody wants to import: new and plausible, known already, or set aside. */
import type { Job, Observation } from '../policy/facts';
import type { ImportAnswer } from './messages';
export interface Sorted {
    readonly fresh: readonly Observation[];
    readonly answer: ImportAnswer;
}
/** `held`: ids of what was imported before. Of two with one id the first counts. */
export declare function sortImports(observations: readonly Observation[], held: readonly string[], job: Pick<Job, 'batchSizes' | 'maxEpochs'>): Sorted;
//# sourceMappingURL=imports.d.ts.map
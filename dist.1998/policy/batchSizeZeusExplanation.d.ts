/** What Zeus's policy thought of each batch size, for a person. */
import type { ZeusBelief } from './batchSizeZeusReplay';
import type { Candidate } from './policy';
/** `drawn`: the reward that Thompson sampling drew for this size in this decision. */
export declare function explain(batchSize: number, belief: ZeusBelief, drawn: number | undefined, taken: boolean): Omit<Candidate, 'powerLimitWatts'>;
export declare function inJoules(value: number): string;
//# sourceMappingURL=batchSizeZeusExplanation.d.ts.map
import { type Observation } from '../../policy/facts';
import type { JobSpec } from '../../workflows/contracts';
import type { Source } from './rows';
/** The runs of a donor count at most for so many of the job's own at each batch size: a warm start, not a verdict. */
export declare const donorRuns = 5;
export interface Assessed {
    readonly place: string;
    readonly verdict: 'taken' | 'doubtful' | 'dropped';
    /** Why it is doubtful or dropped, or what of it is left out; empty where there is nothing to say. */
    readonly why: string;
    readonly observation: Observation | null;
}
/** What the person knows and the source may not. */
export interface Told {
    /** Instead of what the source calls it. */
    readonly gpuModel?: string;
    /** Of runs whose limit the source does not say. */
    readonly powerLimitWatts?: number;
}
export declare function assess({ donor, rows }: Source, spec: JobSpec, told: Told): readonly Assessed[];
//# sourceMappingURL=assess.d.ts.map
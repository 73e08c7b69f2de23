import type { Decision } from '../../policy/policy';
import type { JobSpec } from '../../workflows/contracts';
import { type Slot, type Totals } from '../../workflows/messages';
import type { JobClient } from '../client';
import { type Style } from './text';
export interface JobDescription {
    readonly job: string;
    readonly paused: boolean;
    readonly note: string | null;
    readonly nextSlots: readonly string[];
    readonly spec: JobSpec;
    readonly totals: Totals;
    /** What would be decided now, with what is believed of each batch size; null before the first run. */
    readonly outlook: Decision | null;
    readonly slots: readonly Slot[];
}
export declare function descriptionOf(jobs: JobClient, job: string): Promise<JobDescription>;
export declare function descriptionText(description: JobDescription, style: Style): string;
//# sourceMappingURL=jobDescription.d.ts.map
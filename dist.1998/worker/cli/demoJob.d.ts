import { type FixedChoice } from '../../simulation/references';
import { type JobSpec } from '../../workflows/contracts';
export interface DemoJob {
    readonly gpu: string;
    readonly spec: JobSpec;
    /** Expected for one recurrence. */
    readonly untouched: FixedChoice;
    readonly best: FixedChoice;
    /** Simulated seconds per second. */
    readonly speed: number;
    costJoules(joules: number, seconds: number): number;
}
export declare function demoJob(gpu: string, dataset: string): DemoJob;
//# sourceMappingURL=demoJob.d.ts.map
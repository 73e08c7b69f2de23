/** A run as reports see it, and the period that it belongs to. */
import type { GridRecord, Observation } from '../../policy/facts';
export interface Period {
    readonly fromAt: string;
    /** Exclusive. */
    readonly toAt: string;
}
export interface ReportedRun extends Pick<Observation, 'slot' | 'attempt' | 'gpuModel' | 'batchSize' | 'powerLimitWatts' | 'outcome' | 'seconds' | 'joules'> {
    readonly job: string;
    /** By the grid's clock where it followed one, which for simulated runs is that of their slot. */
    readonly endedAt: string;
    readonly grid: GridRecord | null;
}
/** `toldAt` counts for runs without a grid. */
export declare function reportedRun(job: string, observation: Observation, toldAt: string): ReportedRun;
/** A run counts whole in the period in which it ended. */
export declare function isIn({ fromAt, toAt }: Period, instant: string): boolean;
//# sourceMappingURL=runs.d.ts.map
import type { PowerMeasurement } from './facts';
import { type Memory } from './memory';
import type { Parameters } from './parameters';
import type { Ask, ProbePlan } from './policy';
interface ProbeQuestion {
    readonly memory: Memory;
    readonly ask: Ask;
    readonly parameters: Parameters;
}
/**
 * Sizes outward from the running one, or null where probing is over or out of place: it wants the first few runs on a GPU
 * model, no deadline, exploration not paused, and a recurrence that may profit.
 */
export declare function planProbes({ memory, ask, parameters }: ProbeQuestion, running: number, expectedEpochs: number | null): ProbePlan | null;
/** What one probe found; `measurement` is null if the size did not fit or could not be run. */
export interface Probed {
    readonly batchSize: number;
    readonly seconds: number;
    readonly measurement: PowerMeasurement | null;
}
/** Where the run stands that is being probed. */
export interface ProbeProgress {
    /** The running size, at the limit that it holds while others are probed. */
    readonly running: PowerMeasurement;
    /** In the order in which they were taken. */
    readonly probed: readonly Probed[];
    readonly eta: number;
    readonly maxPowerWatts: number;
}
/**
 * The batch size to probe next, or null when enough is known or the time is used up. Ask, probe, add what was found to
 * `probed`, ask again. Nearest first, the smaller of two equally near.
 */
export declare function nextProbe(plan: ProbePlan, progress: ProbeProgress): number | null;
export {};
//# sourceMappingURL=probes.d.ts.map
import type { Gpus, PowerMeasurement } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import { type Probed } from '../../policy/probes';
import type { Meter } from '../gpu/meter';
import type { TrainingRun } from './trainer';
export interface ProbedSize extends Probed {
    /** Else it was timed, or the trainer cannot train it, which says nothing of memory. */
    readonly outOfMemory: boolean;
}
export interface Probing {
    readonly run: TrainingRun;
    readonly meter: Meter;
    /** The run itself, at the limit that it holds. */
    readonly running: PowerMeasurement;
    readonly decision: Decision;
    readonly gpus: Gpus;
}
/**
 * Probes until the plan has enough, in the order taken; nothing where there is no plan or the trainer cannot probe. A run that
 * ends meanwhile says so itself, by its next event.
 */
export declare function probeOthers(probing: Probing): Promise<readonly ProbedSize[]>;
//# sourceMappingURL=probe.d.ts.map
import type { Gpus } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import type { HeldPower } from '../gpu/hold';
import type { Meter } from '../gpu/meter';
import type { Reading } from '../gpu/profileWindow';
import type { Ending, Follower } from './follow';
import type { TrainingRun } from './trainer';
export interface Ended {
    readonly ending: Ending;
    readonly reading: Reading;
}
export interface RunUnderWay {
    readonly run: TrainingRun;
    readonly follower: Follower;
    readonly meter: Meter;
    readonly power: HeldPower;
    readonly decision: Decision;
    readonly gpus: Gpus;
    /** Aborted when going on is in vain. */
    readonly lost: AbortSignal;
}
/** What it takes to hold another limit. */
export type Steered = Pick<RunUnderWay, 'run' | 'follower' | 'power'>;
export declare function followRun(underWay: RunUnderWay): Promise<Ended>;
/** A limit that turns out to be another one is followed by the next; each time there is one fewer. */
export declare function holdLimit({ run, follower, power }: Steered, reading: Reading): Promise<void>;
//# sourceMappingURL=followRun.d.ts.map
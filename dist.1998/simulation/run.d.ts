import type { Observation } from '../policy/facts';
import type { Decision } from '../policy/policy';
import type { Random } from '../policy/random';
import type { Charging } from './charging';
import type { World } from './world';
export interface RunRequest {
    readonly world: World;
    readonly decision: Decision;
    readonly slot: string;
    readonly attempt: number;
    readonly charging: Charging;
    /** The run is lost to its infrastructure after this share of its epochs; null: it is not. */
    readonly lostAfter: number | null;
}
export declare function run(request: RunRequest, random: Random): Observation;
export declare function costOf(observation: Observation, world: World, eta: number): number;
//# sourceMappingURL=run.d.ts.map
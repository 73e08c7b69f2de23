import type { Observation } from '../policy/facts';
import type { Ask, Decision, Policy } from '../policy/policy';
import type { Random } from '../policy/random';
import type { Charging } from './charging';
import type { World } from './world';
export interface Contender {
    readonly name: string;
    readonly charging: Charging;
    begin(world: World): Player;
}
/** One policy with its memory of one job. */
export interface Player {
    /** `world` is where the run will be, for players that know more than a policy may. */
    decide(ask: Ask, random: Random, world: World): Decision;
    observe(observation: Observation): void;
}
export declare function contend<Memory>(policy: Policy<Memory>, charging: Charging, name?: string): Contender;
export declare function contenderNamed(name: string): Contender;
//# sourceMappingURL=contenders.d.ts.map
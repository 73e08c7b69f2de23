/** The port of everything that may happen to a job besides its recorded runs. */
import type { Random } from '../policy/random';
import type { World } from './world';
export interface Scenario {
    readonly name: string;
    /** Recurrences that run at once. */
    readonly concurrency: number;
    /** `recurrences`: how many there will be. The result begins one series of them; `random` lasts for the series. */
    prepare(world: World, recurrences: number): (random: Random) => Course;
}
/** One series of recurrences. */
export interface Course {
    /** The world of the recurrence with this index, from 0. */
    worldAt(recurrence: number): World;
    /** Called once a recurrence, in order. */
    circumstances(): Circumstances;
    /** Called once a run: the share of its epochs after which it is lost; null: it is not. */
    lostAfter(random: Random): number | null;
    /** What lost runs are expected to add to whatever anybody pays, the oracle included, as a share of it. */
    readonly expectedLoss: number;
}
export interface Circumstances {
    /** Instead of the η asked for. */
    readonly eta?: number;
    readonly pinnedBatchSize?: number;
}
/** A course on which nothing happens. */
export declare function plainCourse(world: World): Course;
//# sourceMappingURL=scenario.d.ts.map
/** One contender plays one series of recurrences, several at once if the scenario says so. */
import type { Objective, Observation } from '../policy/facts';
import type { Decision } from '../policy/policy';
import type { Contender } from './contenders';
import type { Course, Scenario } from './scenario';
import type { World } from './world';
/** What became of one recurrence: sums over its runs, and what it is held against. */
export interface Recurrence {
    readonly costJoules: number;
    readonly joules: number;
    readonly seconds: number;
    readonly failedRuns: number;
    readonly converged: boolean;
    readonly oracleCostJoules: number;
    readonly defaultJoules: number;
    readonly defaultSeconds: number;
}
export interface Series {
    readonly contender: Contender;
    readonly course: Course;
    readonly concurrency: number;
    readonly recurrences: number;
    readonly objective: Objective;
    /** Everything random in the series follows from it. */
    readonly seed: string;
    readonly onRun?: (decision: Decision, observation: Observation) => void;
}
export declare function play(series: Series): readonly Recurrence[];
/** One series for each seed, all in the scenario's world. */
export declare function playSeeds(contender: Contender, world: World, scenario: Scenario, options: {
    readonly seeds: number;
    readonly recurrences: number;
    readonly objective: Objective;
}): readonly (readonly Recurrence[])[];
//# sourceMappingURL=experiment.d.ts.map
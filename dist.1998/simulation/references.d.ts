import type { World } from './world';
/** A fixed batch size and power limit and what a recurrence is expected to cost with it, failed runs included. */
export interface FixedChoice {
    readonly batchSize: number;
    readonly powerLimitWatts: number;
    readonly costJoules: number;
    readonly joules: number;
    readonly seconds: number;
}
export declare function fixedChoice(world: World, batchSize: number, powerLimitWatts: number, eta: number): FixedChoice;
/**
 * The choice of least expected cost: it explores nothing, profiles nothing and stops no run. A pinned size binds it too.
 * The latest answer for a world is kept, since most series ask only one question.
 */
export declare function oracle(world: World, eta: number, pinned?: number): FixedChoice;
/** The default batch size at maximum power. */
export declare function untouchedDefault(world: World, eta: number): FixedChoice;
/** Epochs paid until a run reaches the target: failed runs use up the epoch limit and are repeated. Infinity: never. */
export declare function expectedEpochs(world: World, batchSize: number): number;
//# sourceMappingURL=references.d.ts.map
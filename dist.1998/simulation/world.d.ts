/** What a policy is played against: one recurring job on one GPU model, as far as a run can tell. */
import type { Gpus, Job } from '../policy/facts';
import type { Random } from '../policy/random';
/** How fast one batch size trains under one power limit, and what it draws; summed over the GPUs. */
export interface Speed {
    readonly secondsPerEpoch: number;
    readonly averageWatts: number;
}
export interface World {
    readonly job: Job;
    readonly gpus: Gpus;
    /** For counting steps; null: not known. */
    readonly samplesPerEpoch: number | null;
    /** Epochs that one run needs to reach the target; null: never. May exceed the job's `maxEpochs`. */
    drawEpochs(batchSize: number, random: Random): number | null;
    /** Settable limits between recorded ones are interpolated, limits outside take the nearest recorded one. */
    measure(batchSize: number, powerLimitWatts: number): Speed;
    /** The limits that a profile of this size consists of, ascending. */
    powerLimitsFor(batchSize: number): readonly number[];
    /** What `drawEpochs` may return, each equally likely. */
    outcomesOf(batchSize: number): readonly (number | null)[];
    /** The same job trained to the targets next to this one, where they are known. */
    neighbours?(): readonly World[];
}
/** Linear between the two neighbours; `recorded` ascends by limit and is not empty. */
export declare function speedAt(recorded: readonly (Speed & {
    readonly powerLimitWatts: number;
})[], watts: number): Speed;
/** One of equally likely outcomes. */
export declare function drawFrom(outcomes: readonly (number | null)[], random: Random): number | null;
/** The same world with other outcomes. */
export declare function withOutcomes(world: World, change: (outcomes: readonly (number | null)[], batchSize: number) => readonly (number | null)[]): World;
//# sourceMappingURL=world.d.ts.map
/** The numbers of the policy `wattbandit`: what each means and where it comes from. */
/**
 * Logarithms are natural, distances are doublings of the batch size. "Fitted" means by hand on Zeus's traces (6 jobs, 3 GPUs)
 * and the first 150 synthetic jobs together, then held against the next 300, and against other targets and η.
 */
export interface Parameters {
    /** Epochs to the target grow by about this much of ln per doubling. Fitted. */
    readonly epochsSlope: number;
    readonly epochsSlopeSd: number;
    /** The smooth part of ln epochs over batch sizes: how far it swings and over how many doublings. Fitted. */
    readonly epochsSmoothSd: number;
    readonly epochsSmoothLength: number;
    /** What is peculiar to one batch size, in ln epochs. Fitted. */
    readonly epochsOwnSd: number;
    /** The level of ln epochs is unknown to a factor of e³, that is, unknown. */
    readonly epochsLevelVariance: number;
    /** Spread of ln epochs between runs of one size before it was seen, and how many runs that guess is worth. Fitted. */
    readonly runSd: number;
    readonly runSdWeight: number;
    /**
     * Epochs are counted whole, so small counts spread more than their ratio says: by this many epochs. Rounding alone would be
     * 1/√12; one unlucky first run must not decide what is thought of a size. Fitted.
     */
    readonly countSd: number;
    /** Runs of one size that are remembered in full; older ones fade beyond it, so slow drift is followed. */
    readonly rememberedRuns: number;
    /** A failed run of a size that can converge counts this cautiously while few runs of it converged. */
    readonly wasteWeight: number;
    /** ln cost per epoch falls by about this much per doubling until the GPU is full. Fitted. */
    readonly epochCostSlope: number;
    readonly epochCostSlopeSd: number;
    readonly epochCostSmoothSd: number;
    readonly epochCostSmoothLength: number;
    readonly epochCostLevelVariance: number;
    readonly epochCostOwnVariance: number;
    /** Standard error of ln cost per epoch: of a whole profile, and of a probe of a few steps. */
    readonly profileSd: number;
    readonly probeSd: number;
    /** A size is tried only if its ln cost per epoch is known this well. */
    readonly maxEpochCostSd: number;
    /** How far the curve of another GPU model may be from this one's; used while fewer sizes than `warmStartBelow` are measured. */
    readonly otherModelSd: number;
    readonly warmStartBelow: number;
    /**
     * Runs whose time alone is known say how ln epochs differ between sizes, give or take this much: their limits may have differed.
     * All of them may be off by the same amount, since a low limit can double the time of a run. Chosen, not fitted.
     */
    readonly timedSd: number;
    readonly timedLevelVariance: number;
    /** A stopped run is taken to have needed e^0.5 times the epochs paid, give or take e^0.4. Fitted. */
    readonly stoppedBonus: number;
    readonly stoppedSd: number;
    /** How many standard deviations of a run below its epochs a stopped run is still believed. */
    readonly stoppedZ: number;
    /** A size that failed so often and never converged is ruled out. */
    readonly maxFailures: number;
    /** Cliffs beyond which nothing converges: how many to expect in each doubling away from the proven sizes. Fitted. */
    readonly cliffsPerDoubling: number;
    /** Runs expected to come: at least `horizon`, and as many times the runs so far as `horizonGrowth` (Lindy's law). */
    readonly horizon: number;
    readonly horizonGrowth: number;
    /** Cost ceilings: of an unproven size in incumbents, and of a proven one in its own predictions (β in Zeus: 2). */
    readonly beta: number;
    readonly betaProven: number;
    /** Unproven batch sizes in flight at once. */
    readonly maxUnproven: number;
    /** Doublings from a size that has converged within which others are tried; Infinity: anywhere. */
    readonly trustDoublings: number;
    /** CUSUM over standardised residuals: slack, alarm level and the clip against single outliers (E. S. Page, 1954). */
    readonly driftSlack: number;
    readonly driftAlarm: number;
    readonly driftClip: number;
    /** After an alarm the old curve is the prior: its shape may be off by this much, its level by this variance. */
    readonly driftSmoothSd: number;
    readonly driftLevelVariance: number;
    /** 95 % quantile of the standard normal distribution: what is held against a deadline. */
    readonly deadlineZ: number;
    /** Probing: in the first so many runs on a GPU model, up to this share of the run, until an epoch costs so many times the running size's. */
    readonly probedRuns: number;
    readonly probeShareOfRun: number;
    readonly probeCostRatio: number;
    /** Taken for the length of a run while no run has converged. Shorter than most, so probes stay cheap. */
    readonly guessedEpochs: number;
}
export declare const defaults: Parameters;
/**
 * How far from a proven batch size others are tried, in doublings. One is safer on unknown jobs (worst case 8 times Zeus's regret
 * rather than 100 without bounds), none is best where neither side has a cliff.
 */
export declare const trustRegions: {
    readonly cautious: 1;
    readonly standard: 2;
    readonly aggressive: number;
};
export type TrustRegion = keyof typeof trustRegions;
export interface WattbanditOptions {
    readonly trustRegion?: TrustRegion;
    readonly parameters?: Partial<Parameters>;
}
export declare function parametersFor({ trustRegion, parameters }: WattbanditOptions): Parameters;
//# sourceMappingURL=parameters.d.ts.map
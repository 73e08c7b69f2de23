/** Gaussian beliefs over a short list of batch sizes, and how a datum changes them. */
export interface Gaussian {
    readonly mean: readonly number[];
    readonly covariance: readonly (readonly number[])[];
}
/** A value seen at one place of the list. */
export interface Datum {
    readonly index: number;
    readonly value: number;
    readonly variance: number;
}
/** Level + line + smooth curve + what is peculiar to one size; distances in doublings. */
export interface Kernel {
    readonly levelVariance: number;
    readonly slopeSd: number;
    readonly smoothSd: number;
    readonly smoothLength: number;
    readonly ownVariance: number;
}
/** The element at an index that is known to exist. */
export declare function at<T>(list: readonly T[], index: number): T;
export declare function varianceAt({ covariance }: Gaussian, index: number): number;
export declare function covarianceOf(kernel: Kernel, places: readonly number[]): number[][];
/** The posterior: each datum is folded in as by a Kalman filter, which needs no factorisation at this size. */
export declare function condition(prior: Gaussian, data: readonly Datum[]): Gaussian;
/** Data of a curve that runs beside this one, at an unknown distance of this variance: only their shape counts. */
export declare function conditionShape(prior: Gaussian, data: readonly Datum[], distanceVariance: number): Gaussian;
/** What the belief would be about its own uncertainty if these places were seen once more; the mean stays. */
export declare function anticipate(belief: Gaussian, indices: readonly number[], variance: number): Gaussian;
//# sourceMappingURL=gaussianProcess.d.ts.map
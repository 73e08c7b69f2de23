/** The standard normal distribution: density, distribution function, and how much of a cost lies below a ceiling. */
/**
 * P(Z ≤ z), to about 1e-13 of its value. Near 0 the series φ(z)·(z + z³/3 + z⁵/(3·5) + …), see G. Marsaglia,
 * "Evaluating the Normal Distribution", J. Stat. Software 11(4), 2004; in the tails Laplace's continued fraction,
 * Abramowitz & Stegun 26.2.14.
 */
export declare function normalDistribution(z: number): number;
/** E[X; X ≤ ceiling] and P(X > ceiling) of a log-normal X whose logarithm has this mean and standard deviation. */
export declare function logNormalBelow(ceiling: number, logMean: number, logSd: number): {
    partial: number;
    above: number;
};
//# sourceMappingURL=normal.d.ts.map
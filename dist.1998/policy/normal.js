"use strict";
/** The standard normal distribution: density, distribution function, and how much of a cost lies below a ceiling. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.normalDistribution = normalDistribution;
exports.logNormalBelow = logNormalBelow;
const SQRT_TWO_PI = Math.sqrt(2 * Math.PI);
/** Beyond this many standard deviations the tail is computed itself, so that it keeps all its digits. */
const TAIL_FROM = 3;
function density(z) {
    return Math.exp(-0.5 * z * z) / SQRT_TWO_PI;
}
/**
 * P(Z ≤ z), to about 1e-13 of its value. Near 0 the series φ(z)·(z + z³/3 + z⁵/(3·5) + …), see G. Marsaglia,
 * "Evaluating the Normal Distribution", J. Stat. Software 11(4), 2004; in the tails Laplace's continued fraction,
 * Abramowitz & Stegun 26.2.14.
 */
function normalDistribution(z) {
    if (z < -TAIL_FROM)
        return upperTail(-z);
    if (z > TAIL_FROM)
        return 1 - upperTail(z);
    const square = z * z;
    let term = z;
    let sum = z;
    for (let odd = 3; Math.abs(term) > 1e-18 * Math.abs(sum); odd += 2) {
        term *= square / odd;
        sum += term;
    }
    return 0.5 + density(z) * sum;
}
/** P(Z > z) for z > 3. The fraction is evaluated from the inside; 60 levels are exact to rounding there. */
function upperTail(z) {
    let below = z;
    for (let level = 60; level >= 1; level--)
        below = z + level / below;
    return density(z) / below;
}
/** E[X; X ≤ ceiling] and P(X > ceiling) of a log-normal X whose logarithm has this mean and standard deviation. */
function logNormalBelow(ceiling, logMean, logSd) {
    const z = (Math.log(ceiling) - logMean) / logSd;
    const mean = Math.exp(logMean + 0.5 * logSd * logSd);
    return { partial: mean * normalDistribution(z - logSd), above: normalDistribution(-z) };
}
//# sourceMappingURL=normal.js.map
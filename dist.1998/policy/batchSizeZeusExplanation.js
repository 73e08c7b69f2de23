"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.explain = explain;
exports.inJoules = inJoules;
/** `drawn`: the reward that Thompson sampling drew for this size in this decision. */
function explain(batchSize, belief, drawn, taken) {
    const arm = belief.arms.find((one) => one.batchSize === batchSize && one.results > 0);
    const standing = arm === undefined ? standingOf(batchSize, belief) : describe(arm, drawn);
    return {
        batchSize,
        predictedEpochs: null,
        predictedCostJoules: arm === undefined ? null : -arm.mean,
        predictedSeconds: null,
        // The mean's standard error relative to it; 0 where the precision is unbounded.
        sd: arm === undefined ? null : Math.sqrt(1 / arm.precision) / -arm.mean,
        gainJoules: null,
        priceJoules: null,
        verdict: `${taken ? 'taken' : 'not taken'}; ${standing}`,
    };
}
function inJoules(value) {
    return `${value.toPrecision(6)} J`;
}
function standingOf(batchSize, { stage }) {
    if (stage.kind === 'arms')
        return stage.batchSizes.includes(batchSize) ? 'no results yet' : 'pruned';
    return stage.awaited === batchSize ? `next in pruning round ${stage.round}` : `pruning round ${stage.round}`;
}
function describe(arm, drawn) {
    const precision = Number.isFinite(arm.precision) ? `${arm.precision.toPrecision(4)}/J²` : 'unbounded';
    const draw = drawn === undefined ? '' : `, drew ${inJoules(drawn)}`;
    return `reward mean ${inJoules(arm.mean)}, precision ${precision}, ${arm.results} results${draw}`;
}
//# sourceMappingURL=batchSizeZeusExplanation.js.map
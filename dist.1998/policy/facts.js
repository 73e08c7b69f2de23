"use strict";
/**
 * What is remembered of a job: joules, seconds, epochs and outcomes. Never a cost, a score or a belief:
 * those are derived at each decision, under the objective of that moment.
 */
Object.defineProperty(exports, "__esModule", { value: true });
exports.teachingFailures = exports.failureClasses = void 0;
exports.isPlausible = isPlausible;
/** How a run can end without reaching its target. */
exports.failureClasses = [
    'diverged',
    'tooDear',
    'outOfMemory',
    'infrastructure',
    'preempted',
    'operator',
];
/** The failures that say something about the batch size. The others are nobody's fault and teach nothing. */
exports.teachingFailures = ['diverged', 'tooDear', 'outOfMemory'];
/** Epochs and draws beyond these bounds, in seconds and watts, are mistakes; their costs would leave the range of numbers. */
const PLAUSIBLE = { least: 1e-9, most: 1e9 };
/** False of what cannot be: zero, negative, not a number, or beyond all bounds. */
function isPlausible({ secondsPerEpoch, averageWatts }) {
    return [secondsPerEpoch, averageWatts].every((value) => value >= PLAUSIBLE.least && value <= PLAUSIBLE.most);
}
//# sourceMappingURL=facts.js.map
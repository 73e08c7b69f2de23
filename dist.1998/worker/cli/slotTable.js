"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.slotTable = slotTable;
exports.stateText = stateText;
exports.used = used;
exports.lastOf = lastOf;
const numbers_1 = require("./numbers");
const text_1 = require("./text");
const columns = [
    { title: 'Slot', cell: ({ slot }) => (0, numbers_1.instant)(slot) },
    { title: 'State', cell: ({ state }) => stateText(state) },
    { title: 'Runs', align: 'right', cell: ({ attempts }) => String(attempts.length) },
    { title: 'Batch size', align: 'right', cell: ({ attempts }) => attempts.map(sizeText).join(' → ') },
    { title: 'Limit', align: 'right', cell: ({ attempts }) => (0, numbers_1.watts)(lastOf(attempts)?.observation?.powerLimitWatts) },
    { title: 'Mode', cell: ({ attempts }) => attempts[0]?.decision.mode ?? '' },
    { title: 'Outcome', cell: ({ attempts }) => outcomeText(lastOf(attempts)) },
    { title: 'Time', align: 'right', cell: ({ attempts }) => (0, numbers_1.duration)(used(attempts, 'seconds')) },
    { title: 'Energy', align: 'right', cell: ({ attempts }) => (0, numbers_1.energy)(used(attempts, 'joules')) },
];
function slotTable(slots) {
    return (0, text_1.table)(columns, slots);
}
function stateText(state) {
    switch (state.kind) {
        case 'skipped':
            return `skipped: ${state.why}`;
        case 'failed':
            return `failed: ${state.failure}`;
        case 'open':
        case 'ran':
            return state.kind;
    }
}
/** Over all runs of the slot; null where none ended. */
function used(attempts, what) {
    const told = attempts.flatMap(({ observation }) => observation ?? []);
    return told.length === 0 ? null : told.reduce((sum, observation) => sum + observation[what], 0);
}
function lastOf(attempts) {
    return attempts.at(-1);
}
function sizeText({ decision }) {
    return String(decision.batchSize);
}
function outcomeText(attempt) {
    if (attempt === undefined)
        return '';
    if (attempt.observation === undefined)
        return attempt.expired === true ? 'expired' : 'running';
    const why = attempt.answer?.quarantinedBecause;
    return why === undefined ? attempt.observation.outcome : `${attempt.observation.outcome}, quarantined: ${why}`;
}
//# sourceMappingURL=slotTable.js.map
"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.heldBy = heldBy;
exports.sayOutcome = sayOutcome;
exports.isNews = isNews;
exports.exitCodeFor = exitCodeFor;
/** What `wattbandit gpu restore` says of one GPU, and how it ends. */
const outcome_1 = require("../../activities/gpu/lease/outcome");
const failures_1 = require("./failures");
function heldBy({ uuid, holder, originalWatts }) {
    const { runId = null, pid = null } = holder ?? {};
    return { kind: 'held', uuid, runId, pid, originalWatts: originalWatts ?? null };
}
function sayOutcome(outcome, dryRun) {
    const { kind, uuid } = outcome;
    switch (kind) {
        case 'held':
            return `GPU ${uuid}: run ${outcome.runId} (process ${outcome.pid}) holds it and puts its limit back itself.`;
        case 'nothing':
            return `GPU ${uuid}: nothing is to be put back.`;
        case 'restored':
            if (!dryRun)
                return (0, outcome_1.sayRestored)(outcome);
            return `GPU ${uuid}: would put the power limit back from ${outcome.fromWatts} W to ${outcome.watts} W.`;
        case 'foreign':
            return `${(0, outcome_1.sayRestored)(outcome)} \`wattbandit gpu restore --force ${uuid}\` puts it back.`;
        case 'already':
        case 'rebooted':
        case 'bad':
        case 'kept':
            return (0, outcome_1.sayRestored)(outcome);
    }
}
function isNews({ kind }) {
    return kind !== 'held' && kind !== 'nothing';
}
/** 6 while a limit is still to be put back, 9 where a person has to decide, else 0. */
function exitCodeFor(outcomes) {
    if (outcomes.some(({ kind }) => kind === 'kept'))
        return failures_1.exitCodes.unavailable;
    const alarming = outcomes.some((outcome) => isRestored(outcome) && (0, outcome_1.isAlarming)(outcome));
    return alarming ? failures_1.exitCodes.conflict : failures_1.exitCodes.done;
}
function isRestored(outcome) {
    return outcome.kind !== 'held' && outcome.kind !== 'nothing';
}
//# sourceMappingURL=gpuOutcome.js.map
"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.auditOf = auditOf;
const messages_1 = require("../../workflows/messages");
const banditEntries_1 = require("./banditEntries");
const histories_1 = require("./histories");
const recurrenceEntries_1 = require("./recurrenceEntries");
async function auditOf(client, job, options = {}) {
    const { readTo: before = {}, onProgress = () => { } } = options;
    const histories = await (0, histories_1.readHistories)(client, job, onProgress);
    const told = histories.map((history) => ({ history, ...toldBy(history, (0, messages_1.banditId)(job)) }));
    const entries = told.flatMap((each) => each.entries.filter(({ source }) => source.eventId > (before[source.runId] ?? 0)));
    return {
        found: histories.length > 0,
        entries: entries.toSorted(byTime),
        readTo: Object.fromEntries(told.map(({ history, settledTo }) => [history.runId, settledTo])),
        missing: missingBefore(histories, before),
    };
}
function toldBy({ happenings, ...run }, bandit) {
    return run.workflowId === bandit ? (0, banditEntries_1.banditEntries)(run, happenings) : (0, recurrenceEntries_1.recurrenceEntries)(run, happenings);
}
function missingBefore(histories, before) {
    const known = new Set([...histories.map(({ runId }) => runId), ...Object.keys(before)]);
    return histories.flatMap((history) => {
        const earlier = (0, histories_1.predecessorOf)(history);
        const isToldNow = before[history.runId] === undefined;
        return earlier !== undefined && isToldNow && !known.has(earlier) ? [earlier] : [];
    });
}
function byTime(a, b) {
    if (a.at !== b.at)
        return a.at < b.at ? -1 : 1;
    if (a.source.runId !== b.source.runId)
        return a.source.runId < b.source.runId ? -1 : 1;
    return a.source.eventId - b.source.eventId;
}
//# sourceMappingURL=audit.js.map
"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.readHistories = readHistories;
exports.predecessorOf = predecessorOf;
/** The histories that an audit of a job reads: its bandits', run by run, and its recurrences', as far as Temporal still has them. */
const client_1 = require("@temporalio/client");
const messages_1 = require("../../workflows/messages");
const happenings_1 = require("./happenings");
const payloads_1 = require("./payloads");
/** A namespace may hold very many. */
const listMilliseconds = 120_000;
/** Of one history. */
const readMilliseconds = 60_000;
async function readHistories(client, job, onProgress) {
    const listed = await client.withDeadline(Date.now() + listMilliseconds, () => listRuns(client, job));
    const histories = [];
    for (const run of listed) {
        const history = await readHistory(client, run);
        if (history !== undefined)
            histories.push(history);
        onProgress(histories.length, listed.length);
    }
    return [...histories, ...(await unlistedBefore(client, histories, (0, messages_1.banditId)(job)))];
}
/** Visibility may lag behind, so the bandit's latest run is asked for by itself. */
async function listRuns(client, job) {
    const bandit = `WorkflowType = '${messages_1.banditWorkflow}' AND WorkflowId = '${(0, messages_1.banditId)(job)}'`;
    const recurrences = `WorkflowType = '${messages_1.recurrenceWorkflow}' AND WorkflowId STARTS_WITH '${(0, messages_1.recurrenceIdBase)(job)}-'`;
    const runs = new Map();
    for await (const { workflowId, runId } of client.workflow.list({ query: `(${bandit}) OR (${recurrences})` }))
        runs.set(runId, { workflowId, runId });
    const latest = await unlessGone(() => client.workflow.getHandle((0, messages_1.banditId)(job)).describe());
    if (latest !== undefined)
        runs.set(latest.runId, { workflowId: latest.workflowId, runId: latest.runId });
    return [...runs.values()].toSorted((a, b) => (a.runId < b.runId ? -1 : 1));
}
async function unlistedBefore(client, histories, workflowId) {
    const known = new Set(histories.map(({ runId }) => runId));
    const found = [];
    for (const history of histories.filter((each) => each.workflowId === workflowId)) {
        let before = predecessorOf(history);
        while (before !== undefined && !known.has(before)) {
            known.add(before);
            const earlier = await readHistory(client, { workflowId, runId: before });
            if (earlier !== undefined)
                found.push(earlier);
            before = earlier && predecessorOf(earlier);
        }
    }
    return found;
}
/** The run that this one continued. */
function predecessorOf({ happenings: [first] }) {
    return first?.kind === 'started' && first.continuedFrom !== '' ? first.continuedFrom : undefined;
}
async function readHistory(client, { workflowId, runId }) {
    const read = () => client.workflow.getHandle(workflowId, runId).fetchHistory();
    const history = await unlessGone(() => client.withDeadline(Date.now() + readMilliseconds, read));
    return history && { workflowId, runId, happenings: await (0, happenings_1.happeningsIn)(history, (0, payloads_1.payloadReader)(client)) };
}
/** Retention may end at any moment. */
async function unlessGone(call) {
    try {
        return await call();
    }
    catch (error) {
        if (error instanceof client_1.WorkflowNotFoundError || isNotFound(error))
            return undefined;
        throw error;
    }
}
function isNotFound(error) {
    return (0, client_1.isGrpcServiceError)(error) && error.code === grpcNotFound;
}
const grpcNotFound = 5;
//# sourceMappingURL=histories.js.map
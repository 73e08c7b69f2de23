"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.findClosed = findClosed;
const messages_1 = require("../../workflows/messages");
/** A namespace may have closed very many. */
const listMilliseconds = 120_000;
/** Latest first. Simulated runs close long after their time, so those whose slot lies in the period count as candidates, too. */
async function findClosed(client, period, jobs) {
    const ofJobs = jobs.map((job) => `WorkflowId STARTS_WITH '${(0, messages_1.recurrenceIdBase)(job)}-'`);
    const query = [
        `WorkflowType = '${messages_1.recurrenceWorkflow}'`,
        "ExecutionStatus != 'Running'",
        `CloseTime >= '${period.fromAt}'`,
        ...(ofJobs.length === 0 ? [] : [`(${ofJobs.join(' OR ')})`]),
    ].join(' AND ');
    const found = [];
    await client.withDeadline(Date.now() + listMilliseconds, async () => {
        for await (const { workflowId, runId, closeTime, status } of client.workflow.list({ query })) {
            const [, job, slot] = /^wattbandit\/([^/]+)\/recurrence-([^/]+)$/.exec(workflowId) ?? [];
            if (job === undefined || slot === undefined || closeTime === undefined)
                continue;
            const closedAt = closeTime.toISOString();
            if (closedAt >= period.toAt && !(Date.parse(slot) < Date.parse(period.toAt)))
                continue;
            // What continued as new has its result in the run after it.
            if (status.name === 'CONTINUED_AS_NEW')
                continue;
            found.push({ job, slot, workflowId, runId, closedAt, completed: status.name === 'COMPLETED' });
        }
    });
    return found.toSorted((a, b) => b.closedAt.localeCompare(a.closedAt));
}
//# sourceMappingURL=closedRecurrences.js.map
"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.readRuns = readRuns;
/** The runs of a period, out of Temporal: results of closed recurrences, and from ledgers the attempts that no result tells. */
const client_1 = require("@temporalio/client");
const closedRecurrences_1 = require("./closedRecurrences");
const runs_1 = require("./runs");
const answerMilliseconds = 15_000;
const ledgerMilliseconds = 6000;
const atOnce = 8;
async function readRuns(client, jobs, wanted) {
    const found = await (0, closedRecurrences_1.findClosed)(client, wanted.period, wanted.jobs);
    const read = found.slice(0, wanted.mostRecurrences);
    let done = 0;
    const told = await inTurn(read, async (one) => {
        const result = one.completed ? await resultOf(client, one) : undefined;
        wanted.onProgress(++done, read.length);
        return { ...one, result };
    });
    const last = told.flatMap(({ result, closedAt }) => result === undefined ? [] : (0, runs_1.reportedRun)(result.job, result.observation, closedAt));
    const earlier = await earlierAttempts(client, jobs, told);
    const inPeriod = (run) => (0, runs_1.isIn)(wanted.period, run.endedAt);
    const runs = [...last, ...earlier.runs].filter(inPeriod).toSorted((a, b) => order(a).localeCompare(order(b)));
    return {
        runs,
        reading: {
            recurrences: read.length,
            withoutResult: told.filter(({ result }) => result === undefined).length,
            missingAttempts: earlier.missing,
            leftOut: found.length - read.length,
            ofAnotherTime: told.filter(({ result, closedAt }) => {
                if (result === undefined || !(0, runs_1.isIn)(wanted.period, closedAt))
                    return false;
                return !inPeriod((0, runs_1.reportedRun)(result.job, result.observation, closedAt));
            }).length,
        },
    };
}
async function resultOf(client, { workflowId, runId }) {
    const handle = client.workflow.getHandle(workflowId, runId);
    try {
        return await client.withDeadline(Date.now() + answerMilliseconds, () => handle.result());
    }
    catch (error) {
        if (error instanceof client_1.WorkflowFailedError)
            return undefined;
        throw error;
    }
}
/** Only the bandit's ledger knows them, and only of its latest slots. */
async function earlierAttempts(client, jobs, told) {
    const lacking = told.filter(({ result }) => result === undefined || result.attempts > 1);
    const names = [...new Set(lacking.map(({ job }) => job))];
    const ledgers = new Map(await inTurn(names, async (job) => [job, await attemptsOf(client, jobs, job)]));
    const runs = lacking.flatMap((one) => {
        const slot = one.result?.slot ?? one.slot;
        const known = (ledgers.get(one.job) ?? []).filter((run) => run.slot === slot);
        return known.filter(({ attempt }) => attempt !== one.result?.observation.attempt);
    });
    const expected = lacking.reduce((sum, { result }) => sum + (result === undefined ? 0 : result.attempts - 1), 0);
    const ofResults = runs.filter((run) => lacking.some((one) => one.result?.slot === run.slot && one.job === run.job));
    return { runs: uniqueRuns(runs), missing: Math.max(0, expected - uniqueRuns(ofResults).length) };
}
/** Nothing where the job is deleted, or no worker is there to answer. */
async function attemptsOf(client, jobs, job) {
    try {
        const { slots } = await client.withDeadline(Date.now() + ledgerMilliseconds, () => jobs.ledger(job));
        return slots.flatMap(({ attempts }) => attempts.flatMap(({ observation, toldAt, decidedAt }) => observation === undefined ? [] : (0, runs_1.reportedRun)(job, observation, toldAt ?? decidedAt)));
    }
    catch {
        return [];
    }
}
function uniqueRuns(runs) {
    return [...new Map(runs.map((run) => [order(run), run])).values()];
}
function order({ job, slot, attempt }) {
    return `${job}/${slot}/${String(attempt).padStart(4, '0')}`;
}
/** In the order of what was asked; a few at a time, so that a server is not flooded. */
async function inTurn(all, ask) {
    const answers = [];
    for (let from = 0; from < all.length; from += atOnce)
        answers.push(...(await Promise.all(all.slice(from, from + atOnce).map(ask))));
    return answers;
}
//# sourceMappingURL=readRuns.js.map
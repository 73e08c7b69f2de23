"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.makePlan = makePlan;
exports.ledgerOf = ledgerOf;
exports.runSlots = runSlots;
exports.isEnded = isEnded;
/**
 * Runs the demonstration's slots and follows them. What is to be done stands in Temporal alone (the Schedule's note says up to
 * where, its buffer and the ledger how far it is), so a demonstration that was killed goes on where it was.
 */
const promises_1 = require("node:timers/promises");
const messages_1 = require("../../workflows/messages");
const errors_1 = require("../errors");
/** The first slot; any past hour would do. */
const beginning = new Date('2021-07-01T00:00:00Z');
const hourMilliseconds = 3_600_000;
const lookEveryMilliseconds = 400;
const answerWithinMilliseconds = 3000;
const silenceMilliseconds = 60_000;
/** A Schedule that was asked to backfill begins within this time. */
const settleMilliseconds = 3000;
/** Notes in Temporal how far to go: to the end of what was begun, or else `recurrences` further. */
async function makePlan(jobs, job, recurrences, ledger) {
    const { note } = (await jobs.describe(job)).state;
    const noted = /until (\S+Z)$/.exec(note ?? '')?.[1];
    const ended = ledger.slots.filter(isEnded);
    const done = ledger.totals.slots.ran + ledger.totals.slots.failed;
    const outstanding = noted !== undefined && (noted > (ended.at(-1)?.slot ?? '') || ended.length < ledger.slots.length);
    if (outstanding)
        return { job, until: noted, done, outstanding };
    const until = (0, messages_1.slotAt)(new Date(nextSlot(ledger).getTime() + (recurrences - 1) * hourMilliseconds));
    await jobs.pause(job, `demonstration until ${until}`);
    return { job, until, done, outstanding };
}
function nextSlot({ slots }) {
    const last = slots.at(-1);
    return last === undefined ? beginning : new Date(Date.parse(last.slot) + hourMilliseconds);
}
/** Asks for the ledger until the worker answers. @throws WattbanditError `unavailable` if nobody answers for a minute */
async function ledgerOf({ jobs, connection, signal }, job) {
    const giveUpAt = Date.now() + silenceMilliseconds;
    for (;;) {
        signal.throwIfAborted();
        try {
            return await connection.withDeadline(Date.now() + answerWithinMilliseconds, () => jobs.ledger(job));
        }
        catch (cause) {
            if (cause instanceof errors_1.WattbanditError)
                throw cause;
            if (Date.now() < giveUpAt)
                continue;
            const message = `Cannot follow job ${job}: Temporal or the worker has not answered for a minute.`;
            throw new errors_1.WattbanditError('unavailable', message, { cause });
        }
    }
}
/** Resolves with the ledger in which every slot up to the plan's end has ended. */
async function runSlots(plan, following) {
    const { onLedger, onWait, signal } = following;
    const filling = createFilling(plan, following);
    for (;;) {
        const ledger = await ledgerOf(following, plan.job);
        onLedger(ledger);
        const open = ledger.slots.filter((slot) => !isEnded(slot));
        const reached = (ledger.slots.at(-1)?.slot ?? '') >= plan.until;
        if (reached && open.length === 0)
            return ledger;
        const idle = await filling.look(ledger);
        if (reached && idle) {
            onWait(`${open.length} slot(s) were never reported; their leases will run out`);
            return ledger;
        }
        await (0, promises_1.setTimeout)(lookEveryMilliseconds, undefined, { signal });
    }
}
/** Backfills what is missing whenever the Schedule has nothing more to do. */
function createFilling({ job, until }, { jobs, onWait }) {
    let lookAt = 0;
    let asked = false;
    async function look(ledger) {
        if (Date.now() < lookAt)
            return false;
        lookAt = Date.now() + settleMilliseconds;
        const outstanding = outstandingIn(await jobs.describe(job));
        if (outstanding > 0) {
            if (!asked)
                onWait(`${outstanding} slot(s) of an earlier demonstration are still running or waiting`);
            asked = true;
            return false;
        }
        const next = nextSlot(ledger);
        if ((0, messages_1.slotAt)(next) > until)
            return true;
        asked = true;
        await jobs.backfill(job, new Date(next.getTime() - 1000), new Date(until));
        return false;
    }
    return { look };
}
/** Recurrences of the Schedule that run or wait for their turn. */
function outstandingIn({ info, raw }) {
    return info.runningActions.length + Number(String(raw.info?.bufferSize ?? 0));
}
function isEnded({ state }) {
    return state.kind !== 'open';
}
//# sourceMappingURL=demoSlots.js.map
"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.JobClient = exports.defaultTaskQueue = void 0;
exports.unknownJob = unknownJob;
/** What a program outside the worker does with jobs: create, schedule, trigger, inspect, delete. */
const client_1 = require("@temporalio/client");
const common_1 = require("@temporalio/common");
const promises_1 = require("node:timers/promises");
const messages_1 = require("../workflows/messages");
const ledger_1 = require("../workflows/ledger");
const errors_1 = require("./errors");
const parts_1 = require("./import/parts");
/** The task queue of workers that say nothing else. */
exports.defaultTaskQueue = 'wattbandit';
/** A bandit whose worker is alive ends within this time. */
const retireMilliseconds = 3000;
const overlaps = {
    skip: client_1.ScheduleOverlapPolicy.SKIP,
    bufferOne: client_1.ScheduleOverlapPolicy.BUFFER_ONE,
    bufferAll: client_1.ScheduleOverlapPolicy.BUFFER_ALL,
    cancelOther: client_1.ScheduleOverlapPolicy.CANCEL_OTHER,
    terminateOther: client_1.ScheduleOverlapPolicy.TERMINATE_OTHER,
    allowAll: client_1.ScheduleOverlapPolicy.ALLOW_ALL,
};
class JobClient {
    client;
    taskQueue;
    constructor(client, options = {}) {
        this.client = client;
        this.taskQueue = options.taskQueue ?? exports.defaultTaskQueue;
    }
    /**
     * Starts the job's bandit and its Schedule, or neither. Creating the same job again changes nothing.
     * @throws WattbanditError `conflict` if the job exists with another specification, `invalid` if Temporal refuses its schedule
     */
    async create(spec, options = {}) {
        const existing = await this.scheduleOf(spec.job);
        if (existing !== undefined)
            requireSame(spec, existing.memo?.['spec']);
        const started = await this.startBandit(spec);
        if (existing !== undefined)
            return 'unchanged';
        // Runs that no Schedule started may have taught a bandit already.
        if (!started)
            requireSame(spec, (await this.facts(spec.job)).spec);
        try {
            await this.createSchedule(spec, options.paused ?? false);
            return 'created';
        }
        catch (error) {
            if (started)
                await this.bandit(spec.job).terminate('its Schedule could not be created');
            throw error;
        }
    }
    async list() {
        const jobs = [];
        for await (const summary of this.client.schedule.list()) {
            const job = summary.memo?.['job'];
            if (typeof job !== 'string' || (0, messages_1.scheduleId)(job) !== summary.scheduleId)
                continue;
            jobs.push({
                job,
                paused: summary.state.paused,
                note: summary.state.note,
                nextSlotAt: named(summary.info.nextActionTimes[0]),
                lastSlotAt: named(summary.info.recentActions.at(-1)?.scheduledAt),
            });
        }
        return jobs.toSorted((a, b) => a.job.localeCompare(b.job));
    }
    /** @throws WattbanditError `notFound` */
    async describe(job) {
        const description = await this.scheduleOf(job);
        if (description === undefined)
            throw unknownJob(job);
        return description;
    }
    async facts(job) {
        return this.orUnknown(job, () => this.bandit(job).query(messages_1.facts));
    }
    /** The bandit notices an expired lease when it is next asked; here it shows at once. */
    async ledger(job) {
        const recorded = await this.orUnknown(job, () => this.bandit(job).query(messages_1.ledger));
        return (0, ledger_1.withExpired)(recorded, new Date().toISOString());
    }
    /**
     * Lets the job learn from observations that it did not make; those that it knows, by their ids, are left alone.
     * @throws WattbanditError `notFound`, or `invalid` if the bandit refuses them
     */
    async importFacts(job, observations) {
        let answer = parts_1.nothingImported;
        for (const part of (0, parts_1.partsOf)(observations))
            answer = (0, parts_1.together)(answer, await this.importPart(job, part));
        return answer;
    }
    /** Starts one recurrence now, through the Schedule, so that its overlap rule holds. */
    async trigger(job) {
        const { policies } = await this.describe(job);
        // Left to itself, the client triggers whatever is running.
        await this.orUnknown(job, () => this.schedule(job).trigger(policies.overlap));
    }
    /** Runs every slot in (`from`, `to`], one after the other. */
    async backfill(job, from, to) {
        await this.orUnknown(job, () => this.schedule(job).backfill({ start: from, end: to, overlap: client_1.ScheduleOverlapPolicy.BUFFER_ALL }));
    }
    async pause(job, note) {
        await this.orUnknown(job, () => this.schedule(job).pause(note));
    }
    async resume(job, note) {
        await this.orUnknown(job, () => this.schedule(job).unpause(note));
    }
    /** Whether there is anything to delete. */
    async exists(job) {
        return (await this.scheduleOf(job)) !== undefined || (await this.isRemembering(job));
    }
    /**
     * Ends the Schedule and the bandit, and returns when both are gone, so that a job created again learns anew. Runs under way
     * finish, and histories stay until the namespace's retention ends.
     */
    async delete(job) {
        if (!(await this.exists(job)))
            throw unknownJob(job);
        await unlessGone(() => this.schedule(job).delete());
        await unlessGone(() => this.bandit(job).signal(messages_1.retire));
        // It ends by itself as soon as a worker hears of it.
        const insistAt = Date.now() + retireMilliseconds;
        while (Date.now() < insistAt && (await this.isRemembering(job)))
            await (0, promises_1.setTimeout)(50);
        await unlessGone(() => this.bandit(job).terminate('deleted while no worker was there'));
    }
    /** Starts the recurrence of one slot without the Schedule; starting it twice is harmless. */
    async startRecurrence(spec, at) {
        const slot = (0, messages_1.slotAt)(at);
        const input = { spec, slot };
        return this.client.workflow.start(messages_1.recurrenceWorkflow, {
            workflowId: (0, messages_1.recurrenceId)(spec.job, slot),
            taskQueue: this.taskQueue,
            workflowIdConflictPolicy: 'USE_EXISTING',
            args: [input],
        });
    }
    async importPart(job, observations) {
        try {
            return await this.orUnknown(job, () => this.bandit(job).executeUpdate(messages_1.importFacts, { args: [{ observations }] }));
        }
        catch (error) {
            if (error instanceof client_1.WorkflowUpdateFailedError)
                throw new errors_1.WattbanditError('invalid', (0, common_1.rootCause)(error.cause) ?? error.message, { cause: error });
            throw error;
        }
    }
    /** Whether it was started; else one runs already. */
    async startBandit(spec) {
        const input = { spec, since: [] };
        try {
            await this.client.workflow.start(messages_1.banditWorkflow, {
                workflowId: (0, messages_1.banditId)(spec.job),
                taskQueue: this.taskQueue,
                args: [input],
            });
            return true;
        }
        catch (error) {
            if (error instanceof client_1.WorkflowExecutionAlreadyStartedError)
                return false;
            throw error;
        }
    }
    async isRemembering(job) {
        const description = await unlessGone(() => this.bandit(job).describe());
        return description?.status.name === 'RUNNING';
    }
    async createSchedule(spec, paused) {
        const input = { spec };
        const { every, offset, cron, timeZone, overlap, catchupWindow, jitter } = spec.schedule;
        try {
            await this.client.schedule.create({
                scheduleId: (0, messages_1.scheduleId)(spec.job),
                memo: { job: spec.job, spec },
                spec: {
                    ...(cron === undefined ? {} : { cronExpressions: [cron] }),
                    ...(every === undefined ? {} : { intervals: [{ every: every * 1000, offset: offset * 1000 }] }),
                    timezone: timeZone,
                    jitter: jitter * 1000,
                },
                action: {
                    type: 'startWorkflow',
                    workflowType: messages_1.recurrenceWorkflow,
                    workflowId: (0, messages_1.recurrenceIdBase)(spec.job),
                    taskQueue: this.taskQueue,
                    args: [input],
                },
                policies: { overlap: overlaps[overlap], catchupWindow: catchupWindow * 1000 },
                state: { paused },
            });
        }
        catch (error) {
            if (!(error instanceof client_1.ScheduleAlreadyRunning))
                throw refusedSchedule(spec, error);
            // Somebody else was faster.
            requireSame(spec, (await this.describe(spec.job)).memo?.['spec']);
        }
    }
    schedule(job) {
        return this.client.schedule.getHandle((0, messages_1.scheduleId)(job));
    }
    bandit(job) {
        return this.client.workflow.getHandle((0, messages_1.banditId)(job));
    }
    async scheduleOf(job) {
        return unlessGone(() => this.schedule(job).describe());
    }
    async orUnknown(job, call) {
        try {
            return await call();
        }
        catch (error) {
            throw isGone(error) ? unknownJob(job) : error;
        }
    }
}
exports.JobClient = JobClient;
async function unlessGone(call) {
    try {
        return await call();
    }
    catch (error) {
        if (isGone(error))
            return undefined;
        throw error;
    }
}
function isGone(error) {
    return error instanceof client_1.ScheduleNotFoundError || error instanceof client_1.WorkflowNotFoundError;
}
/** Both went through JSON in the order in which the schema writes keys. */
function requireSame(spec, existing) {
    if (JSON.stringify(existing) === JSON.stringify(spec))
        return;
    throw new errors_1.WattbanditError('conflict', `Cannot create job ${spec.job}: it exists with another specification; delete it first or choose another name.`);
}
/** A cron expression or a time zone that Temporal does not take is told by a TypeError with the server's words. */
function refusedSchedule({ job, schedule }, error) {
    if (!(error instanceof TypeError))
        return error;
    const { every, cron, timeZone } = schedule;
    const wish = cron === undefined ? `every ${every} s` : `cron "${cron}" in time zone ${timeZone}`;
    return new errors_1.WattbanditError('invalid', `Cannot schedule job ${job} by ${wish}: Temporal says "${error.message}"; mend \`schedule\` in the job file.`, { cause: error });
}
function named(at) {
    return at === undefined ? undefined : (0, messages_1.slotAt)(at);
}
function unknownJob(job) {
    return new errors_1.WattbanditError('notFound', `Cannot find job ${job}; \`wattbandit job list\` shows the jobs there are.`);
}
//# sourceMappingURL=client.js.map
"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.serverChecks = serverChecks;
/** What `doctor` asks Temporal. A check never throws: whatever goes wrong is a finding. */
const client_1 = require("@temporalio/client");
const client_2 = require("../client");
const dataConverter_1 = require("../encryption/dataConverter");
const checks_1 = require("./checks");
const connection_1 = require("./connection");
const encryption_1 = require("./encryption");
const failures_1 = require("./failures");
/** Only its absence if Temporal is away. */
async function serverChecks(globals, taskQueue = client_2.defaultTaskQueue) {
    const check = 'Temporal';
    try {
        const target = await (0, connection_1.findTarget)(globals);
        const dataConverter = await (0, dataConverter_1.dataConverterFor)(await (0, encryption_1.encryptionOf)(globals));
        const startedAt = performance.now();
        const connection = await (0, connection_1.connect)(target);
        try {
            const latency = `${(performance.now() - startedAt).toFixed(0)} ms`;
            const client = new client_1.Client({ connection, namespace: target.namespace, dataConverter });
            return await connection.withDeadline(Date.now() + 10_000, () => askServer(client, target, latency, taskQueue));
        }
        finally {
            await connection.close();
        }
    }
    catch (error) {
        const [detail = '', fix] = (0, failures_1.failureOf)(error).message.split('\n');
        return [(0, checks_1.fail)(check, detail, fix ?? 'check the address and the profile')];
    }
}
async function askServer(client, target, latency, taskQueue) {
    const { serverVersion } = await client.workflowService.getSystemInfo({});
    const reached = `${serverVersion} at ${target.address} (from ${target.foundBy}), connected in ${latency}`;
    const findings = [
        checkNamespace(client, target.namespace),
        checkClock(client),
        checkPollers(client, target.namespace, taskQueue),
        checkSchedules(client),
    ];
    return [(0, checks_1.pass)('Temporal', reached), ...(await Promise.all(findings))];
}
async function checkNamespace({ workflowService }, namespace) {
    try {
        await workflowService.describeNamespace({ namespace });
        return (0, checks_1.pass)('Namespace', namespace);
    }
    catch (error) {
        const fix = `temporal operator namespace create ${namespace}, or choose another by --namespace`;
        return (0, checks_1.fail)('Namespace', (0, failures_1.failureOf)(error).message, fix);
    }
}
/** Temporal stamps what it starts; a start in our future means that one of the clocks is wrong. */
async function checkClock(client) {
    const toleranceMilliseconds = 2000;
    const now = Date.now();
    try {
        for await (const { startTime } of client.workflow.list({ pageSize: 1 })) {
            const ahead = startTime.getTime() - now;
            if (ahead <= toleranceMilliseconds)
                break;
            return (0, checks_1.fail)('Clock', `${(ahead / 1000).toFixed(1)} s behind Temporal's`, 'synchronise the clocks, as by NTP');
        }
        return (0, checks_1.pass)('Clock', `${new Date(now).toISOString()}, not behind Temporal's`);
    }
    catch (error) {
        return (0, checks_1.warn)('Clock', `not compared: ${(0, failures_1.failureOf)(error).message}`, 'check the permission to list workflows');
    }
}
async function checkPollers({ workflowService }, namespace, name) {
    const check = 'Workers';
    try {
        const { pollers } = await workflowService.describeTaskQueue({
            namespace,
            taskQueue: { name },
        });
        const count = pollers?.length ?? 0;
        if (count > 0)
            return (0, checks_1.pass)(check, `${count} on task queue ${name}`);
        return (0, checks_1.warn)(check, `none on task queue ${name}`, 'start one by `wattbandit worker start`');
    }
    catch (error) {
        return (0, checks_1.fail)(check, (0, failures_1.failureOf)(error).message, 'check the permission to describe task queues');
    }
}
async function checkSchedules(client) {
    const check = 'Schedules';
    try {
        let count = 0;
        for await (const { scheduleId } of client.schedule.list())
            if (scheduleId.startsWith('wattbandit/'))
                count++;
        return (0, checks_1.pass)(check, `listed, ${count} of wattbandit`);
    }
    catch (error) {
        return (0, checks_1.fail)(check, (0, failures_1.failureOf)(error).message, 'check the permission to list schedules');
    }
}
//# sourceMappingURL=serverChecks.js.map
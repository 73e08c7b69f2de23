/** What `doctor` asks Temporal. A check never throws: whatever goes wrong is a finding. */
import { Client } from '@temporalio/client';
import { defaultTaskQueue } from '../client';
import { dataConverterFor } from '../encryption/dataConverter';
import { createCommand, missingSearchAttributes } from '../searchAttributes';
import { type Finding, fail, pass, warn } from './checks';
import { type Target, connect, findTarget } from './connection';
import { encryptionOf } from './encryption';
import { failureOf } from './failures';
import type { GlobalOptions } from './session';

/** Only its absence if Temporal is away. */
export async function serverChecks(globals: GlobalOptions, taskQueue = defaultTaskQueue): Promise<readonly Finding[]> {
  const check = 'Temporal';
  try {
    const target = await findTarget(globals);
    const dataConverter = await dataConverterFor(await encryptionOf(globals));
    const startedAt = performance.now();
    const connection = await connect(target);
    try {
      const latency = `${(performance.now() - startedAt).toFixed(0)} ms`;
      const client = new Client({ connection, namespace: target.namespace, dataConverter });
      return await connection.withDeadline(Date.now() + 10_000, () => askServer(client, target, latency, taskQueue));
    } finally {
      await connection.close();
    }
  } catch (error) {
    const [detail = '', fix] = failureOf(error).message.split('\n');
    return [fail(check, detail, fix ?? 'check the address and the profile')];
  }
}

async function askServer(client: Client, target: Target, latency: string, taskQueue: string) {
  const { serverVersion } = await client.workflowService.getSystemInfo({});
  const reached = `${serverVersion} at ${target.address} (from ${target.foundBy}), connected in ${latency}`;
  const findings = [
    checkNamespace(client, target.namespace),
    checkClock(client),
    checkPollers(client, target.namespace, taskQueue),
    checkSchedules(client),
    checkSearchAttributes(client),
  ];
  return [pass('Temporal', reached), ...(await Promise.all(findings))];
}

async function checkNamespace({ workflowService }: Client, namespace: string): Promise<Finding> {
  try {
    await workflowService.describeNamespace({ namespace });
    return pass('Namespace', namespace);
  } catch (error) {
    const fix = `temporal operator namespace create ${namespace}, or choose another by --namespace`;
    return fail('Namespace', failureOf(error).message, fix);
  }
}

/** Temporal stamps what it starts; a start in our future means that one of the clocks is wrong. */
async function checkClock(client: Client): Promise<Finding> {
  const toleranceMilliseconds = 2000;
  const now = Date.now();
  try {
    for await (const { startTime } of client.workflow.list({ pageSize: 1 })) {
      const ahead = startTime.getTime() - now;
      if (ahead <= toleranceMilliseconds) break;
      return fail('Clock', `${(ahead / 1000).toFixed(1)} s behind Temporal's`, 'synchronise the clocks, as by NTP');
    }
    return pass('Clock', `${new Date(now).toISOString()}, not behind Temporal's`);
  } catch (error) {
    return warn('Clock', `not compared: ${failureOf(error).message}`, 'check the permission to list workflows');
  }
}

async function checkPollers({ workflowService }: Client, namespace: string, name: string): Promise<Finding> {
  const check = 'Workers';
  try {
    const { pollers } = await workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name },
    });
    const count = pollers?.length ?? 0;
    if (count > 0) return pass(check, `${count} on task queue ${name}`);
    return warn(check, `none on task queue ${name}`, 'start one by `wattbandit worker start`');
  } catch (error) {
    return fail(check, failureOf(error).message, 'check the permission to describe task queues');
  }
}

async function checkSchedules(client: Client): Promise<Finding> {
  const check = 'Schedules';
  try {
    let count = 0;
    for await (const { scheduleId } of client.schedule.list()) if (scheduleId.startsWith('wattbandit/')) count++;
    return pass(check, `listed, ${count} of wattbandit`);
  } catch (error) {
    return fail(check, failureOf(error).message, 'check the permission to list schedules');
  }
}

/** Jobs created without them work, and are not found by them. */
async function checkSearchAttributes(client: Client): Promise<Finding> {
  const check = 'Search attributes';
  try {
    const missing = await missingSearchAttributes(client);
    if (missing.length === 0) return pass(check, 'all there');
    const fix = `${createCommand(client.options.namespace, missing)}; jobs created after that set them`;
    return warn(check, `the namespace lacks ${missing.join(', ')}`, fix);
  } catch (error) {
    return warn(check, `not known: ${failureOf(error).message}`, 'check the permission to list search attributes');
  }
}

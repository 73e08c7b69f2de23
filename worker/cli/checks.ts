/** What `doctor` looks at. A check never throws: whatever goes wrong is a finding. */
import { access, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Client, type Connection } from '@temporalio/client';
import { listGpuModels, loadTraces } from '../../simulation/traces';
import { defaultTaskQueue } from '../client';
import { packagedTraces } from '../config';
import { stateDirectory } from '../server';
import { type Target, connect, findTarget } from './connection';
import { failureOf } from './failures';
import { packageManifest } from './package';
import type { GlobalOptions } from './session';

export interface Finding {
  readonly check: string;
  readonly state: 'pass' | 'warn' | 'fail';
  readonly detail: string;
  /** What to do about it; null where nothing is to be done. */
  readonly fix: string | null;
}

const pass = (check: string, detail: string): Finding => ({ check, state: 'pass', detail, fix: null });
const warn = (check: string, detail: string, fix: string): Finding => ({ check, state: 'warn', detail, fix });
const fail = (check: string, detail: string, fix: string): Finding => ({ check, state: 'fail', detail, fix });

/** What needs no server. */
export async function localChecks(): Promise<readonly Finding[]> {
  return [checkNode(), checkProtobuf(), await checkState(), checkTraces()];
}

function checkNode(): Finding {
  const { engines } = packageManifest();
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [neededMajor = 0, neededMinor = 0] = engines.node.replace(/^\D+/, '').split('.').map(Number);
  const enough = major > neededMajor || (major === neededMajor && minor >= neededMinor);
  const detail = `${process.versions.node}, needs ${engines.node}`;
  return enough ? pass('Node', detail) : fail('Node', detail, `install Node ${neededMajor}.${neededMinor} or newer`);
}

/** Two copies of protobufjs in one program make Temporal's JSON histories unreadable (`type must be a Type`). */
function checkProtobuf(): Finding {
  const check = 'protobufjs';
  const own = require.resolve('protobufjs/package.json');
  const temporals = createRequire(require.resolve('@temporalio/proto')).resolve('protobufjs/package.json');
  if (own === temporals) return pass(check, 'one copy, shared with Temporal');
  return fail(check, 'Temporal uses another copy than wattbandit', 'npm dedupe protobufjs, then npm ls protobufjs');
}

async function checkState(): Promise<Finding> {
  const check = 'State directory';
  const directory = stateDirectory();
  for (let at = directory; ; at = dirname(at)) {
    try {
      await access(at, constants.W_OK);
      return pass(check, at === directory ? directory : `${directory}, can be created`);
    } catch (error) {
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (missing && dirname(at) !== at) continue;
      return fail(check, `${directory} cannot be written`, 'name a writable directory by WATTBANDIT_STATE');
    }
  }
}

function checkTraces(): Finding {
  const check = 'Simulated hardware';
  try {
    const models = listGpuModels(packagedTraces);
    const jobs = models.flatMap((model) => loadTraces(packagedTraces, model)).length;
    if (jobs > 0) return pass(check, `${jobs} recorded jobs on ${models.join(', ')}`);
    return fail(check, `no recordings in ${packagedTraces}`, 'install wattbandit again');
  } catch (error) {
    return fail(check, failureOf(error).message, 'install wattbandit again');
  }
}

/** What Temporal has to say; only its absence if it is away. */
export async function serverChecks(globals: GlobalOptions, taskQueue = defaultTaskQueue): Promise<readonly Finding[]> {
  const check = 'Temporal';
  try {
    const target = await findTarget(globals);
    const startedAt = performance.now();
    const connection = await connect(target);
    try {
      const latency = `${(performance.now() - startedAt).toFixed(0)} ms`;
      return await connection.withDeadline(Date.now() + 10_000, () =>
        askServer(connection, target, latency, taskQueue),
      );
    } finally {
      await connection.close();
    }
  } catch (error) {
    const [detail = '', fix] = failureOf(error).message.split('\n');
    return [fail(check, detail, fix ?? 'check the address and the profile')];
  }
}

async function askServer(connection: Connection, target: Target, latency: string, taskQueue: string) {
  const { serverVersion } = await connection.workflowService.getSystemInfo({});
  const reached = `${serverVersion} at ${target.address} (from ${target.foundBy}), connected in ${latency}`;
  const client = new Client({ connection, namespace: target.namespace });
  const findings = [
    checkNamespace(connection, target.namespace),
    checkClock(client),
    checkPollers(connection, target.namespace, taskQueue),
    checkSchedules(client),
  ];
  return [pass('Temporal', reached), ...(await Promise.all(findings))];
}

async function checkNamespace(connection: Connection, namespace: string): Promise<Finding> {
  try {
    await connection.workflowService.describeNamespace({ namespace });
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

async function checkPollers(connection: Connection, namespace: string, name: string): Promise<Finding> {
  const check = 'Workers';
  try {
    const { pollers } = await connection.workflowService.describeTaskQueue({
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

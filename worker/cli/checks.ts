/** What `doctor` looks at on this computer. A check never throws: whatever goes wrong is a finding. */
import { access, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { listGpuModels, loadTraces } from '../../simulation/traces';
import { packagedTraces } from '../packaged';
import { stateDirectory } from '../server';
import { failureOf } from './failures';
import { packageManifest } from '../manifest';

export interface Finding {
  readonly check: string;
  readonly state: 'pass' | 'warn' | 'fail';
  readonly detail: string;
  /** What to do about it; null where nothing is to be done. */
  readonly fix: string | null;
}

export const pass = (check: string, detail: string): Finding => ({ check, state: 'pass', detail, fix: null });
export const warn = (check: string, detail: string, fix: string): Finding => ({ check, state: 'warn', detail, fix });
export const fail = (check: string, detail: string, fix: string): Finding => ({ check, state: 'fail', detail, fix });

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

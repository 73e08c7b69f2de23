/** What `doctor` looks at on the GPUs of this host and on their power leases. A check never throws. */
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import type { GpuDriverAttempt } from '../../activities/gpu/auto';
import { isOpenToOthers } from '../../activities/gpu/lease/directory';
import { reasonOf } from '../../activities/gpu/lease/errors';
import { type LeaseListing, listForeign, listLeases } from '../../activities/gpu/lease/recover';
import { type Finding, fail, pass, warn } from './checks';
import { gpuFinding } from './gpuFinding';
import { type GpuOptions, attemptText, leaseDirectoryOf, tryDrivers } from './gpuOptions';
import { gpuRow, seenBy } from './gpuRows';

export async function gpuChecks(options: GpuOptions): Promise<readonly Finding[]> {
  const attempts = await tryDrivers(options);
  const seen = seenBy(attempts);
  const directory = await leaseDirectoryOf(options);
  const { leases, findings } = await leaseChecks(directory, seen !== undefined);
  const held = new Map(leases.map((lease) => [lease.uuid, lease]));
  const gpus = seen?.reports.map((report) => gpuFinding(gpuRow(seen.kind, report, held.get(report.uuid)))) ?? [];
  return [driverFinding(attempts, options), ...gpus, ...findings];
}

/** Made by a kernel driver, so there is a GPU even if nothing answers; and what was asked for by name should be there. */
const signsOfGpus = ['/dev/nvidiactl', '/dev/kfd'];

function driverFinding(attempts: readonly GpuDriverAttempt[], options: GpuOptions): Finding {
  const check = 'GPUs';
  const seen = seenBy(attempts);
  const tried = attempts.map(attemptText).join('. ');
  if (seen === undefined) {
    const wanted = options.driver.kind !== 'auto' || Boolean(process.env['ZEUSD_SOCK_PATH']);
    if (!wanted && !signsOfGpus.some((path) => existsSync(path))) return pass(check, 'no GPU here; simulation works');
    return warn(
      check,
      `a driver is there and reaches no GPU. ${tried}`,
      'mend what keeps the one you want from working',
    );
  }
  const used = attempts.find(({ driver }) => driver !== undefined);
  if (used === undefined) return warn(check, `none is usable. ${tried}`, 'see below for each GPU; simulation works');
  return used.remark === undefined ? pass(check, tried) : warn(check, tried, privilegeFix);
}

const privilegeFix =
  'where the worker has no more rights than this command: run zeusd, or give the worker CAP_SYS_ADMIN; docs/gpus.md tells how';

interface LeaseChecks {
  readonly leases: readonly LeaseListing[];
  readonly findings: readonly Finding[];
}

async function leaseChecks(directory: string, hasGpus: boolean): Promise<LeaseChecks> {
  const check = 'Power leases';
  try {
    const leases = await listLeases(directory);
    const owed = leases.filter(({ held }) => !held).map(owedFinding);
    const foreign = (await listForeign(directory)).map(foreignFinding);
    if (!hasGpus && owed.length + foreign.length === 0) return { leases, findings: [] };
    return { leases, findings: [directoryFinding(check, directory), ...owed, ...foreign] };
  } catch (error) {
    const fix = "run this as the worker's user, or see docs/gpus.md for the rights of the directory";
    return { leases: [], findings: [warn(check, `${directory} cannot be read, ${reasonOf(error)}`, fix)] };
  }
}

function directoryFinding(check: string, directory: string): Finding {
  if (!existsSync(directory)) return pass(check, `${directory}, made by the first worker`);
  if (isOpenToOthers(statSync(directory)))
    return fail(
      check,
      `others may write in ${directory}`,
      `chown it to root or the worker's user, and chmod o-w ${directory}`,
    );
  try {
    accessSync(directory, constants.W_OK);
    return pass(check, directory);
  } catch {
    return warn(
      check,
      `this user cannot write in ${directory}`,
      'let the group of the workers write there, or use --leases',
    );
  }
}

function owedFinding({ uuid, holder, originalWatts }: LeaseListing): Finding {
  const prior = originalWatts === undefined ? '' : ` to ${originalWatts} W`;
  const whose = holder === undefined ? 'a run' : `run ${holder.runId} (process ${holder.pid})`;
  return warn(`Lease of ${uuid}`, `${whose} is gone and its limit was not put back${prior}`, 'wattbandit gpu restore');
}

function foreignFinding(uuid: string): Finding {
  const detail = 'somebody moved the limit under a run, so it was left as it is';
  const fix = `\`wattbandit gpu restore ${uuid}\` tells the limits; with --force it puts the prior one back`;
  return warn(`Lease of ${uuid}`, detail, fix);
}

/** `wattbandit gpu restore`: pays the debts of dead holders. It opens no driver where there are none, so a timer may run it often. */
import { existsSync } from 'node:fs';
import { GpuError } from '../../activities/gpu/error';
import { openLeaseDirectory } from '../../activities/gpu/lease/directory';
import { reasonOf } from '../../activities/gpu/lease/errors';
import { putBackByForce } from '../../activities/gpu/lease/force';
import { holderOf, lockPath } from '../../activities/gpu/lease/hold';
import { currentBootId } from '../../activities/gpu/lease/host';
import { foreignPath, journalPath, readJournal } from '../../activities/gpu/lease/journal';
import type { LimitDriver } from '../../activities/gpu/lease/limits';
import { type LeaseListing, listForeign, listLeases, recoverOne } from '../../activities/gpu/lease/recover';
import { outcomeAt } from '../../activities/gpu/lease/restore';
import { WattbanditError } from '../errors';
import type { ExitCode } from './failures';
import { type Outcome, exitCodeFor, heldBy, isNews, sayOutcome } from './gpuOutcome';
import { type GpuOptions, driverThatSees, leaseDirectoryOf } from './gpuOptions';
import type { Output } from './output';
import { plainLines } from './text';

export interface RestoreOptions {
  readonly all?: boolean;
  readonly dryRun?: boolean;
  readonly force?: boolean;
}

export async function restoreGpus(
  output: Output,
  wanted: readonly string[],
  options: GpuOptions & RestoreOptions,
): Promise<ExitCode> {
  const { dryRun = false, force = false } = options;
  const directory = await leaseDirectoryOf(options);
  const [leases, foreign] = await readable(directory);
  const uuids = wanted.length > 0 ? [...new Set(wanted)] : leases.map(({ uuid }) => uuid);
  for (const uuid of uuids) if (!isKnown(directory, uuid)) throw unknownGpu(directory, uuid);
  const held = new Map(leases.filter((lease) => lease.held).map((lease) => [lease.uuid, lease]));
  const isOwed = (uuid: string) => leases.some((lease) => lease.uuid === uuid && !lease.held);
  const needsWork = uuids.some((uuid) => isOwed(uuid) || (foreign.has(uuid) && !held.has(uuid) && wanted.length > 0));
  const place = needsWork ? await open(directory, options, output) : undefined;

  const outcomes = await Promise.all(
    uuids.map(async (uuid): Promise<Outcome> => {
      const holder = held.get(uuid);
      if (holder !== undefined) return heldBy(holder);
      if (place === undefined) return { kind: 'nothing', uuid };
      return dryRun ? foresee(place, uuid, force) : restore(place, uuid, force);
    }),
  );
  const say = (outcome: Outcome) => sayOutcome(outcome, dryRun);
  output.many(
    'gpus',
    outcomes.map((outcome) => ({ ...outcome, dryRun, message: say(outcome) })),
    () => plainLines(outcomes.map(say).join('\n') || `No power limit is to be put back in ${directory}.`),
  );
  // For timers, which need not hear every time that all is well.
  if (output.format === 'none') for (const outcome of outcomes.filter(isNews)) output.complain(say(outcome));
  return exitCodeFor(outcomes);
}

interface Place {
  readonly directory: string;
  readonly driver: LimitDriver;
}

async function readable(directory: string): Promise<readonly [readonly LeaseListing[], ReadonlySet<string>]> {
  try {
    return [await listLeases(directory), new Set(await listForeign(directory))];
  } catch (error) {
    const action = `read the leases in ${directory}`;
    throw new GpuError('forbidden', `${reasonOf(error)}; run this as the worker's user or as root`, { action });
  }
}

/** Only once something is to be done: neither is the directory made, nor a driver woken, for nothing. */
async function open(directory: string, options: GpuOptions, output: Output): Promise<Place> {
  await openLeaseDirectory(directory).catch((error: unknown) => {
    throw new WattbanditError('invalid', reasonOf(error));
  });
  try {
    return { directory, driver: await driverThatSees(options) };
  } catch (error) {
    // After a restart of the host a debt is void, whether or not a driver is there.
    output.complain(reasonOf(error));
    return { directory, driver: absentDriver };
  }
}

const absent = () => Promise.reject(new GpuError('absent', 'no driver reaches a GPU of this host'));
const absentDriver: LimitDriver = { powerLimitWatts: absent, setPowerLimit: absent };

/** Lock files stay, so each GPU that was ever leased has one. */
function isKnown(directory: string, uuid: string): boolean {
  return [lockPath, journalPath, foreignPath].some((pathIn) => existsSync(pathIn(directory, uuid)));
}

function unknownGpu(directory: string, uuid: string): GpuError {
  const reason = `no run ever leased it in ${directory}; see wattbandit gpu list, or name another directory by --leases`;
  return new GpuError('absent', reason, { action: `put back the power limit of GPU ${uuid}` });
}

async function restore({ directory, driver }: Place, uuid: string, force: boolean): Promise<Outcome> {
  const paid = await recoverOne(directory, driver, uuid);
  if (paid === undefined && existsSync(journalPath(directory, uuid))) {
    // Somebody took it since we looked: he has paid the debt, and this is his own journal.
    return heldBy({ uuid, holder: await holderOf(directory, uuid), originalWatts: undefined });
  }
  const forced = force && paid?.kind !== 'kept' ? await putBackByForce(directory, driver, uuid) : undefined;
  return forced ?? paid ?? foresee({ directory, driver }, uuid, false);
}

/** What would become of it, without doing so; of what was left to others, how it stands. */
async function foresee({ directory, driver }: Place, uuid: string, force: boolean): Promise<Outcome> {
  try {
    const owed = await readJournal(directory, uuid);
    const path = owed === undefined ? foreignPath(directory, uuid) : journalPath(directory, uuid);
    const journal = owed ?? (await readJournal(directory, uuid, path));
    if (journal === undefined) return { kind: 'nothing', uuid };
    if (journal === 'unreadable') return { kind: 'bad', uuid, path };
    if (journal.bootId !== (await currentBootId())) return { kind: 'rebooted', uuid };
    const oursWatts = owed === undefined ? [] : journal.oursWatts;
    const outcome = outcomeAt(await driver.powerLimitWatts(uuid), { ...journal, oursWatts });
    if (outcome.kind !== 'foreign' || !force) return outcome;
    return { kind: 'restored', uuid, watts: outcome.originalWatts, fromWatts: outcome.watts };
  } catch (error) {
    return { kind: 'kept', uuid, reason: reasonOf(error) };
  }
}

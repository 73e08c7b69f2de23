/** GPUs as people and programs are told of them: what the driver says, and who holds them. */
import type { GpuDriverAttempt, GpuDriverKind } from '../../activities/gpu/auto';
import { type GpuReport, sharedBecause } from '../../activities/gpu/report';
import { type LeaseListing, listLeases } from '../../activities/gpu/lease/recover';
import { reasonOf } from '../../activities/gpu/lease/errors';

export interface GpuRow {
  readonly uuid: string;
  readonly model: string;
  readonly driver: GpuDriverKind;
  readonly minWatts: number | null;
  readonly maxWatts: number | null;
  readonly defaultWatts: number | null;
  readonly limitWatts: number | null;
  readonly enforcedWatts: number | null;
  readonly energy: GpuReport['energy'];
  readonly persistence: boolean | null;
  readonly mig: boolean | null;
  /** Programs that compute on it now. */
  readonly processes: number | null;
  readonly state: 'free' | 'held' | 'owed' | 'shared' | 'unusable';
  readonly lease: LeaseRow | null;
  /** Why no run may use it, and the remedy. */
  readonly reason: string | null;
}

export interface LeaseRow {
  /** False: the holder is gone, and the limit has to be put back. */
  readonly held: boolean;
  readonly runId: string | null;
  readonly pid: number | null;
  readonly since: string | null;
  readonly originalWatts: number | null;
}

export interface Seen {
  readonly kind: GpuDriverKind;
  readonly reports: readonly GpuReport[];
}

/** What the driver that works sees; without one, what any saw. */
export function seenBy(attempts: readonly GpuDriverAttempt[]): Seen | undefined {
  return attempts.find(({ driver }) => driver !== undefined) ?? attempts.find(({ reports }) => reports.length > 0);
}

export function gpuRow(driver: GpuDriverKind, report: GpuReport, listing: LeaseListing | undefined): GpuRow {
  const { uuid, model, limits, energy, persistence, mig, processes, unusable } = report;
  const lease = listing === undefined ? null : leaseRow(listing);
  const reason = unusable ?? (lease?.held === true ? undefined : (owed(lease) ?? sharedBecause(report)));
  return {
    uuid,
    model,
    driver,
    minWatts: limits?.minWatts ?? null,
    maxWatts: limits?.maxWatts ?? null,
    defaultWatts: limits?.defaultWatts ?? null,
    limitWatts: limits?.currentWatts ?? null,
    enforcedWatts: limits?.enforcedWatts ?? null,
    energy,
    persistence: persistence ?? null,
    mig: mig ?? null,
    processes: processes ?? null,
    state: stateOf(report, lease),
    lease,
    reason: reason ?? null,
  };
}

function stateOf(report: GpuReport, lease: LeaseRow | null): GpuRow['state'] {
  if (lease !== null) return lease.held ? 'held' : 'owed';
  if (report.unusable !== undefined) return 'unusable';
  return sharedBecause(report) === undefined ? 'free' : 'shared';
}

function leaseRow({ held, holder, originalWatts }: LeaseListing): LeaseRow {
  const { runId = null, pid = null, at = null } = holder ?? {};
  return { held, runId, pid, since: at, originalWatts: originalWatts ?? null };
}

/** A debt bars no run, which would pay it first; but it should not stand. */
function owed(lease: LeaseRow | null): string | undefined {
  return lease === null
    ? undefined
    : `${holderText(lease)} is gone and its limit was not put back; wattbandit gpu restore`;
}

export function holderText({ runId, pid }: LeaseRow): string {
  return runId === null ? 'an unknown run' : `run ${runId} (process ${pid})`;
}

/** Leases by GPU; none, with a word why, where this user may not look. */
export async function leasesIn(
  directory: string,
  complain: (text: string) => void,
): Promise<ReadonlyMap<string, LeaseListing>> {
  try {
    return new Map((await listLeases(directory)).map((lease) => [lease.uuid, lease]));
  } catch (error) {
    complain(`Cannot tell who holds which GPU: ${reasonOf(error)}; ask as the worker's user or as root.`);
    return new Map();
  }
}

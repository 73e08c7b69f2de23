/**
 * Holds GPUs for the time of one piece of work and puts their power limit back, whatever dies: here when the work ends or
 * fails, in the sentinel when this process is killed, by `recoverAll` when both are.
 */
import type { LeaseRecord } from '../../../policy/facts';
import type { GpuDriver } from '../driver';
import type { LimitRange } from '../limits';
import { openLeaseDirectory } from './directory';
import { type WriteFile, writeDurably } from './durably';
import { holderFor, whileHolding } from './hold';
import { currentBootId } from './host';
import { commonRange } from './limits';
import { type Restored, sayRestored } from './outcome';
import { PowerLease } from './powerLease';
import { debtRecord, leaseRecords } from './record';
import { type Place, settleFromDisk } from './restore';
import { type SentinelOptions, startSentinel } from './startSentinel';

export type Report = (restored: readonly Restored[]) => void;

export interface LeaseOptions {
  /** Named to those who find the GPU busy. */
  readonly runId: string;
  /** One for all workers of the host; see `directory.ts` for the default. */
  readonly directory?: string;
  /** What an operator allows on this host, whatever the hardware takes. */
  readonly site?: Partial<LimitRange>;
  /** Without it, only the next worker's start survives a SIGKILL. */
  readonly sentinel?: SentinelOptions;
  /** Told what became of every limit that this lease, or a dead one before it, had changed. */
  readonly report?: Report;
  /** Told the same as facts of this one lease, after all is put back. */
  readonly record?: (leases: readonly LeaseRecord[]) => void;
  readonly writeFile?: WriteFile;
}

/**
 * Answers what `work` does. A limit that cannot be put back is reported and handed to the sentinel, and does not cost the
 * work its result: the next lease on that GPU, or the next start, tries again before anything else.
 * @throws GpuBusy while another run holds one of the GPUs
 */
export async function withPowerLease<T>(
  driver: GpuDriver,
  gpuUuids: readonly string[],
  options: LeaseOptions,
  work: (lease: PowerLease) => Promise<T>,
): Promise<T> {
  const { report = () => {}, record = () => {}, site = {}, writeFile: write = writeDurably } = options;
  // In one order everywhere, so that two runs never wait for each other's half.
  const uuids = [...new Set(gpuUuids)].sort();
  const directory = await openLeaseDirectory(options.directory);
  const [range, bootId, holder] = await Promise.all([
    commonRange(driver, uuids, site),
    currentBootId(),
    holderFor(options.runId),
  ]);
  return whileHolding(directory, uuids, holder, async () => {
    const debts = await payDebts({ directory, driver }, uuids, report);
    const sentinel = options.sentinel && (await startSentinel(options.sentinel, { directory, uuids, holder }));
    const lease = new PowerLease({ driver, directory, uuids, range, bootId, holder, write });
    try {
      return await work(lease);
    } finally {
      const restored = await lease.end();
      await sentinel?.end(restored.some(({ kind }) => kind === 'kept') ? 'unfinished' : 'done');
      report(restored);
      record([...debts.map(debtRecord), ...leaseRecords(lease.changes, restored)]);
    }
  });
}

/** What a dead holder left is put back first: its limit must not pass for the prior one. */
async function payDebts(place: Place, uuids: readonly string[], report: Report): Promise<readonly Restored[]> {
  const settled = await Promise.all(uuids.map((uuid) => settleFromDisk(place, uuid)));
  const outcomes = settled.filter((outcome) => outcome !== undefined);
  if (outcomes.length > 0) report(outcomes);
  const kept = outcomes.find(({ kind }) => kind === 'kept');
  if (kept !== undefined) throw new Error(sayRestored(kept));
  return outcomes;
}

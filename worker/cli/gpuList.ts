/** `wattbandit gpu list`: each GPU of this host, whether a run may have it, and why not. */
import type { GpuDriverAttempt } from '../../activities/gpu/auto';
import { GpuError } from '../../activities/gpu/error';
import type { LeaseListing } from '../../activities/gpu/lease/recover';
import { unreadable } from '../../activities/gpu/report';
import { type ExitCode, exitCodes } from './failures';
import { type GpuOptions, attemptText, leaseDirectoryOf, noGpuText, tryDrivers } from './gpuOptions';
import { type GpuRow, type Seen, gpuRow, holderText, leasesIn, seenBy } from './gpuRows';
import { watts } from './numbers';
import type { Output } from './output';
import { type Column, plain, table } from './text';

export async function listGpus(output: Output, options: GpuOptions): Promise<ExitCode> {
  const [attempts, leases] = await Promise.all([
    tryDrivers(options),
    leaseDirectoryOf(options).then((directory) => leasesIn(directory, (text) => output.complain(text))),
  ]);
  const seen = seenBy(attempts);
  const rows = seen === undefined ? [] : rowsOf(seen, leases);
  if (output.format === 'jsonl') output.many('gpus', rows, () => '');
  else output.one({ drivers: attempts.map(attemptRow), gpus: rows }, () => (rows.length > 0 ? listText(rows) : ''));
  if (rows.length === 0) output.complain(noGpuText(attempts));
  else output.talk(attempts.map(attemptText).join('\n'));
  return rows.length === 0 ? exitCodes.notFound : exitCodes.done;
}

/** Also GPUs that are leased and not seen: a lost one may be owed its limit. */
function rowsOf({ kind, reports }: Seen, leases: ReadonlyMap<string, LeaseListing>): readonly GpuRow[] {
  const unseen = [...leases.keys()].filter((uuid) => reports.every((report) => report.uuid !== uuid));
  const lost = new GpuError('lost', `it is leased and ${kind} does not see it; see the log of its driver`);
  return [...reports, ...unseen.map((uuid) => unreadable(uuid, lost))].map((report) =>
    gpuRow(kind, report, leases.get(report.uuid)),
  );
}

function attemptRow({ kind, driver, remark }: GpuDriverAttempt) {
  return { driver: kind, used: driver !== undefined, remark: remark ?? null };
}

const columns: readonly Column<GpuRow>[] = [
  { title: 'GPU', cell: ({ uuid }) => uuid },
  { title: 'Model', cell: ({ model }) => model },
  {
    title: 'Range',
    align: 'right',
    cell: (row) => (row.maxWatts === null ? '–' : `${row.minWatts}–${row.maxWatts} W`),
  },
  { title: 'Default', align: 'right', cell: (row) => watts(row.defaultWatts) },
  { title: 'Limit', align: 'right', cell: (row) => watts(row.limitWatts) },
  { title: 'Enforced', align: 'right', cell: (row) => watts(row.enforcedWatts) },
  { title: 'Energy', cell: ({ energy }) => energy },
  { title: 'Persistence', cell: ({ persistence }) => onOrOff(persistence) },
  { title: 'MIG', cell: ({ mig }) => onOrOff(mig) },
  { title: 'Programs', align: 'right', cell: ({ processes }) => String(processes ?? '–') },
  { title: 'State', cell: stateText },
];

function listText(rows: readonly GpuRow[]): string {
  const reasons = rows.flatMap(({ uuid, reason }) => (reason === null ? [] : [plain(`GPU ${uuid}: ${reason}`)]));
  return [table(columns, rows), ...reasons].join('\n');
}

export function stateText({ state, lease }: GpuRow): string {
  return state === 'held' && lease !== null ? `held by ${holderText(lease)}` : state;
}

function onOrOff(mode: boolean | null): string {
  return mode === null ? '–' : mode ? 'on' : 'off';
}

/** A lease as facts that outlive the host's log: they go with the run's observation into Temporal's history. */
import type { LeaseRecord } from '../../../policy/facts';
import type { Restored } from './outcome';
import type { LimitChange } from './powerLease';

export interface LeaseLog {
  readonly record: (leases: readonly LeaseRecord[]) => void;
  /** Undefined if the holder tells nothing. */
  readonly all: readonly LeaseRecord[] | undefined;
}

/** Of one run. Of earlier tries, which found a GPU busy, only the debts that they paid are worth telling. */
export function createLeaseLog(): LeaseLog {
  let all: readonly LeaseRecord[] | undefined;
  return {
    record(leases) {
      all = [...(all ?? []).filter(({ debt }) => debt === true), ...leases];
    },
    get all() {
      return all;
    },
  };
}

/** One for each GPU. */
export function leaseRecords(changes: readonly LimitChange[], restored: readonly Restored[]): readonly LeaseRecord[] {
  return changes.map(({ uuid: gpuUuid, priorWatts, setWatts }) => {
    const outcome = restored.find(({ uuid }) => uuid === gpuUuid);
    const change = priorWatts === undefined ? { gpuUuid, setWatts } : { gpuUuid, priorWatts, setWatts };
    return outcome === undefined ? { ...change, outcome: 'untouched' } : { ...change, ...ending(outcome) };
  });
}

/** What that run had set is in the journal that is gone by now. */
export function debtRecord(restored: Restored): LeaseRecord {
  return { gpuUuid: restored.uuid, setWatts: [], ...ending(restored), debt: true };
}

function ending(restored: Restored): Pick<LeaseRecord, 'outcome' | 'watts' | 'why'> {
  const { kind: outcome } = restored;
  if ('watts' in restored) return { outcome, watts: restored.watts };
  return 'reason' in restored ? { outcome, why: restored.reason } : { outcome };
}

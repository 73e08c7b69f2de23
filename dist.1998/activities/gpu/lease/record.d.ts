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
export declare function createLeaseLog(): LeaseLog;
/** One for each GPU. */
export declare function leaseRecords(changes: readonly LimitChange[], restored: readonly Restored[]): readonly LeaseRecord[];
/** What that run had set is in the journal that is gone by now. */
export declare function debtRecord(restored: Restored): LeaseRecord;
//# sourceMappingURL=record.d.ts.map
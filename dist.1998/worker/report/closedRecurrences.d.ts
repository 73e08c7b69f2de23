/** Recurrences that may have run in a period, by Temporal's visibility. */
import type { Client } from '@temporalio/client';
import type { Period } from './runs';
export interface Closed {
    readonly job: string;
    readonly slot: string;
    readonly workflowId: string;
    readonly runId: string;
    readonly closedAt: string;
    readonly completed: boolean;
}
/** Latest first. Simulated runs close long after their time, so those whose slot lies in the period count as candidates, too. */
export declare function findClosed(client: Client, period: Period, jobs: readonly string[]): Promise<readonly Closed[]>;
//# sourceMappingURL=closedRecurrences.d.ts.map
/** The histories that an audit of a job reads: its bandits', run by run, and its recurrences', as far as Temporal still has them. */
import { type Client } from '@temporalio/client';
import type { Run } from './entry';
import { type Happening } from './happenings';
export interface RunHistory extends Run {
    readonly happenings: readonly Happening[];
}
export declare function readHistories(client: Client, job: string, onProgress: (done: number, total: number) => void): Promise<readonly RunHistory[]>;
/** The run that this one continued. */
export declare function predecessorOf({ happenings: [first] }: RunHistory): string | undefined;
//# sourceMappingURL=histories.d.ts.map
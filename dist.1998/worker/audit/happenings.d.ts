/** Events of a workflow's history as far as an audit is about them, with their payloads read. */
import type { WorkflowHandle } from '@temporalio/client';
import type { PayloadReader } from './payloads';
type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;
/** `client`: who sent it, by a name that the sender chose. */
type What = {
    readonly kind: 'started';
    readonly input: unknown;
    readonly continuedFrom: string;
    readonly client: string;
} | {
    readonly kind: 'signal';
    readonly name: string;
    readonly input: unknown;
    readonly client: string;
} | {
    readonly kind: 'update';
    readonly name: string;
    readonly input: unknown;
    readonly client: string;
}
/** `of`: the event that accepted the update. */
 | {
    readonly kind: 'answer';
    readonly of: number;
    readonly success: unknown;
    readonly failure: string | undefined;
}
/** The answer of a local activity. */
 | {
    readonly kind: 'local';
    readonly activity: string;
    readonly result: unknown;
} | {
    readonly kind: 'scheduled';
    readonly activity: string;
    readonly input: unknown;
    readonly taskQueue: string;
}
/** `of`: the event that scheduled the activity. */
 | {
    readonly kind: 'begun';
    readonly of: number;
    readonly attempt: number;
    readonly client: string;
} | {
    readonly kind: 'done';
    readonly of: number;
    readonly result: unknown;
    readonly failure: string | undefined;
} | {
    readonly kind: 'cancel';
    readonly client: string;
    readonly why: string;
} | {
    readonly kind: 'ended';
    readonly how: string;
    readonly why: string | undefined;
    readonly client?: string;
};
export type Happening = What & {
    readonly at: string;
    readonly eventId: number;
};
export declare function happeningsIn({ events }: History, read: PayloadReader): Promise<readonly Happening[]>;
export {};
//# sourceMappingURL=happenings.d.ts.map
/** Reads what lies in histories as the client that wrote it meant it, encrypted or not. */
import type { Client } from '@temporalio/client';
import type { Payload, ProtoFailure } from '@temporalio/common';
interface Payloads {
    readonly payloads?: readonly Payload[] | null;
}
export interface PayloadReader {
    /** The first value; undefined where there is none. */
    value(payloads: Payloads | null | undefined): Promise<unknown>;
    /** What a failure says, the innermost one if it was caused by others. */
    message(failure: ProtoFailure | null | undefined): Promise<string | undefined>;
}
export declare function payloadReader({ options }: Client): PayloadReader;
export {};
//# sourceMappingURL=payloads.d.ts.map
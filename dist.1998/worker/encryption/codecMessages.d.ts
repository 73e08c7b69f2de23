/** What Temporal's UI and CLI say to a codec server: payloads as JSON writes Temporal's own message, bytes in base64. */
import type { Payload } from '@temporalio/common';
/** Undefined where the text is no such message. */
export declare function payloadsIn(text: string): Payload[] | undefined;
export declare function messageOf(payloads: readonly Payload[]): string;
//# sourceMappingURL=codecMessages.d.ts.map
/**
 * One request to the codec server. Every browser says by `Origin` which page a POST comes from, so pages that are not allowed get
 * nothing, also those that DNS leads to this computer.
 */
import type { PayloadCodec } from '@temporalio/common';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Admit } from './codecAccess';
export interface CodecRules {
    readonly codec: PayloadCodec;
    /** Null: whoever reaches it. */
    readonly admit: Admit | null;
    /** Pages that may ask, as `http://localhost:8233`. */
    readonly allowOrigins: readonly string[];
    /** Told of each refusal. */
    readonly say: (text: string) => void;
}
export declare function respond(request: IncomingMessage, response: ServerResponse, rules: CodecRules): Promise<void>;
//# sourceMappingURL=codecRequest.d.ts.map
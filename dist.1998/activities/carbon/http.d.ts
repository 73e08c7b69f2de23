/** A question to a provider over HTTP, and its answer as the schema has it. What comes back is taken to be hostile. */
import type { z } from 'zod';
import { type Clock } from './gridSlots';
export interface HttpOptions {
    readonly baseUrl: string;
    readonly clock?: Clock | undefined;
    /** The most that is read of an answer, unpacked. */
    readonly maxBytes?: number | undefined;
}
export interface Question<T> {
    readonly path: string;
    readonly query?: Readonly<Record<string, string>>;
    readonly headers?: Readonly<Record<string, string>>;
    /** What stands in the headers and must not be told to anybody. */
    readonly secrets?: readonly string[];
    readonly schema: z.ZodType<T>;
}
export type Ask = <T>(question: Question<T>, abort?: AbortSignal) => Promise<T>;
export declare function createAsk({ baseUrl, clock, maxBytes }: HttpOptions): Ask;
//# sourceMappingURL=http.d.ts.map
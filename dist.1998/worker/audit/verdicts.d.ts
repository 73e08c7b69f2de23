/** What a bandit's worker said of each order of an operator, found again by the request that it judged. */
import { z } from 'zod';
import type { Happening } from './happenings';
declare const verdictSchema: z.ZodDiscriminatedUnion<[z.ZodObject<{
    of: z.ZodOptional<z.ZodString>;
    id: z.ZodOptional<z.ZodString>;
    ok: z.ZodLiteral<true>;
    who: z.ZodString;
    signed: z.ZodBoolean;
    reason: z.ZodString;
    token: z.ZodOptional<z.ZodObject<{
        jti: z.ZodString;
    }, z.core.$strip>>;
}, z.core.$strip>, z.ZodObject<{
    of: z.ZodOptional<z.ZodString>;
    id: z.ZodOptional<z.ZodString>;
    ok: z.ZodLiteral<false>;
    who: z.ZodNullable<z.ZodString>;
    why: z.ZodString;
}, z.core.$strip>], "ok">;
type Verdict = z.infer<typeof verdictSchema>;
export interface Judged {
    readonly verdict: Verdict;
    /** The event that records it. */
    readonly at: Happening;
}
/** Each is given out once. Those of version 0.1 do not say what they are of; orders were judged in the order in which they came. */
export declare class Verdicts {
    private open;
    constructor(happenings: readonly Happening[]);
    take(request: unknown, since: number): Judged | undefined;
}
export {};
//# sourceMappingURL=verdicts.d.ts.map
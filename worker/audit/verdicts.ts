/** What a bandit's worker said of each order of an operator, found again by the request that it judged. */
import { z } from 'zod';
import { requestDigest } from '../../activities/verifyOverride';
import type { Happening } from './happenings';

const common = { of: z.string().optional(), id: z.string().optional() };
const verdictSchema = z.discriminatedUnion('ok', [
  z.object({
    ...common,
    ok: z.literal(true),
    who: z.string(),
    signed: z.boolean(),
    reason: z.string(),
    token: z.object({ jti: z.string() }).optional(),
  }),
  z.object({ ...common, ok: z.literal(false), who: z.string().nullable(), why: z.string() }),
]);
export type Verdict = z.infer<typeof verdictSchema>;

export interface Judged {
  readonly verdict: Verdict;
  /** The event that records it. */
  readonly at: Happening;
}

const judges: readonly string[] = ['verifyOverride', 'verifyClear'];

/** Each is given out once. Those of version 0.1 do not say what they are of; orders were judged in the order in which they came. */
export class Verdicts {
  private open: readonly Judged[];

  constructor(happenings: readonly Happening[]) {
    this.open = happenings.flatMap((at) => {
      if (at.kind !== 'local' || !judges.includes(at.activity)) return [];
      const { success, data } = verdictSchema.safeParse(at.result);
      return success ? [{ verdict: data, at }] : [];
    });
  }

  take(request: unknown, since: number): Judged | undefined {
    const digest = requestDigest(request);
    const found = this.open.find(
      ({ verdict: { of }, at }) => at.eventId > since && (of === undefined || of === digest),
    );
    this.open = this.open.filter((each) => each !== found);
    return found;
  }
}

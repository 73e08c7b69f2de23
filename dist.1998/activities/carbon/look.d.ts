/** What is known of this moment, whatever the provider does: for a caller that goes on in any case. */
import { type SourceError, type SourceErrorKind } from './error';
import type { Reading, SourceFacts } from './source';
export interface Look {
    /** The newest that was ever heard; null where none was. */
    readonly reading: Reading | null;
    /** Since its slot ended; 0 while that lasts. */
    readonly ageSeconds: number | null;
    /** More than a slot old, or none at all: nothing to decide by as it stands. */
    readonly stale: boolean;
    readonly failure: {
        readonly kind: SourceErrorKind;
        readonly message: string;
    } | null;
}
export interface Heard {
    readonly reading: Reading | undefined;
    readonly error?: SourceError | undefined;
}
export declare function lookAt({ reading, error }: Heard, { slotSeconds }: SourceFacts, now: Date): Look;
//# sourceMappingURL=look.d.ts.map
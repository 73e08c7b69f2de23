/** How long a run held each power limit, and what it drew meanwhile. No I/O. */
import type { LimitHeld } from '../../policy/facts';
import type { Reading } from '../gpu/profileWindow';
export declare class LimitsHeld {
    private readonly byWatts;
    add(powerLimitWatts: number, { seconds, joules }: Reading): void;
    /** In the order in which they came into force. */
    get all(): readonly LimitHeld[];
}
//# sourceMappingURL=limitsHeld.d.ts.map
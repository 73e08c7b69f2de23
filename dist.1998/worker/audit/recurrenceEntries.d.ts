/** One recurrence as entries of an audit: the operators' word as it arrived, who held which GPUs, and what became of their limits. */
import { type Run, type Told } from './entry';
import type { Happening } from './happenings';
export declare function recurrenceEntries(run: Run, happenings: readonly Happening[]): Told;
//# sourceMappingURL=recurrenceEntries.d.ts.map
/** One run of a bandit as entries of an audit: operators' orders, decisions, observations, and how it began and ended. */
import { type Run, type Told } from './entry';
import type { Happening } from './happenings';
export declare function banditEntries(run: Run, happenings: readonly Happening[]): Told;
//# sourceMappingURL=banditEntries.d.ts.map
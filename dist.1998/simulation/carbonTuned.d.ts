/** Policies at exactly equal mean slow-down, each with its own weight set on the very runs that count: the fair comparison. */
import { type OracleAnswer } from './carbonOracle';
import { type Played } from './carbonPolicies';
export declare function playTuned(played: Played, starts: readonly number[], slowdown: number): OracleAnswer;
/** The η with which the mean slow-down of these runs is the target, or as near below as it gets. */
export declare function tunedEta(played: Played, starts: readonly number[], slowdown: number): number;
//# sourceMappingURL=carbonTuned.d.ts.map
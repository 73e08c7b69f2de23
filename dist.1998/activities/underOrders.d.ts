/** The operator's word over the policy's: what it asks a policy, and what becomes of the answer. Pure. */
import { type Standing } from '../policy/override';
import type { Ask, Decision } from '../policy/policy';
/** What the latest run was given. */
export interface LastChoice {
    readonly batchSize: number;
    readonly powerLimitWatts: number;
}
export declare function askUnder(ask: Ask, standing: Standing, last: LastChoice | undefined): Ask;
export declare function decisionUnder(decision: Decision, { gpus }: Ask, standing: Standing, last: LastChoice | undefined): Decision;
//# sourceMappingURL=underOrders.d.ts.map
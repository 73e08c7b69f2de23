/** One decision explained: what was considered, what each batch size was thought to cost, and why one won. */
import type { Decision } from '../../policy/policy';
/** Every batch size that was considered; costs relative to the cheapest prediction. */
export declare function candidateTable({ considered, batchSize: chosen }: Decision): string;
//# sourceMappingURL=decisionTable.d.ts.map
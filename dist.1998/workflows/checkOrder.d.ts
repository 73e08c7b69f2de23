/** Which orders are refused before they reach history. What comes in may be any JSON. */
import type { Job } from '../policy/facts';
import type { ClearRequest, OverrideRequest } from './messages';
type Choice = Pick<Job, 'batchSizes'>;
/** @throws ApplicationFailure `InvalidMessage` */
export declare function checkOverride(request: unknown, spec: Choice): asserts request is OverrideRequest;
/** @throws ApplicationFailure `InvalidMessage` */
export declare function checkClear(request: unknown): asserts request is ClearRequest;
export {};
//# sourceMappingURL=checkOrder.d.ts.map
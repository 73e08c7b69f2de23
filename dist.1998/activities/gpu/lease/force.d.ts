import { type LimitDriver } from './limits';
import type { Restored } from './outcome';
/** Undefined if nothing was left to others, or while somebody holds the GPU. */
export declare function putBackByForce(directory: string, driver: LimitDriver, uuid: string): Promise<Restored | undefined>;
//# sourceMappingURL=force.d.ts.map
import { type Memory } from './memory';
import { type WattbanditOptions } from './parameters';
import type { Policy } from './policy';
export declare function createWattbandit(options?: WattbanditOptions): Policy<Memory>;
export declare const wattbandit: Policy<Memory>;
//# sourceMappingURL=batchSize.d.ts.map
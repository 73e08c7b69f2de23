/**
 * Charging as in Zeus's simulator: in the first run of a size its first epoch costs the mean over all limits, which its
 * ceiling does not foresee; and all limits are known before the run begins, even if it then cannot begin.
 */
import { type Charging } from './charging';
export declare const zeusCharging: Charging;
//# sourceMappingURL=zeusCharging.d.ts.map
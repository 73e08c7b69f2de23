import { type Finding } from './checks';
import type { GlobalOptions } from './session';
/** Only its absence if Temporal is away. */
export declare function serverChecks(globals: GlobalOptions, taskQueue?: string): Promise<readonly Finding[]>;
//# sourceMappingURL=serverChecks.d.ts.map
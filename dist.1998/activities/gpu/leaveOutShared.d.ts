/** Keeps runs off GPUs on which programs of others compute, unless the site allows it. */
import type { GpuHolder } from './hold';
import { type ReportingGpuDriver } from './report';
/**
 * The same holder, for which a GPU that others compute on is as taken as one that a run holds: it is waited for, and never
 * costs a run its host.
 */
export declare function leaveOutShared(holder: GpuHolder, driver: Partial<ReportingGpuDriver>): GpuHolder;
//# sourceMappingURL=leaveOutShared.d.ts.map
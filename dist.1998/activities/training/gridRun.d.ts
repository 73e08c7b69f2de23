import type { GridRecord } from '../../policy/facts';
import { type Steered } from './followRun';
import type { TrainInput } from './train';
import type { SteerableRun } from './underWay';
export interface GridRun {
    readonly steerable: SteerableRun;
    /** Undefined for a job that follows no grid, or on a host that knows none. */
    record(): GridRecord | undefined;
}
export declare function createGridRun({ decision, claim, spec }: TrainInput, steered: Steered): GridRun;
//# sourceMappingURL=gridRun.d.ts.map
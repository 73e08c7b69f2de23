/**
 * The slow-down that no run may exceed: one value of progress for all that is left of the run, the least with which it still ends
 * in time. Asked again in every slot, it never ends late, since what it puts off it can still do at full speed.
 */
import { type Weighing } from './gridWeight';
/** An equal stretch of the time left, and the signal expected in it; above 0. */
export interface SlotAhead {
    readonly seconds: number;
    readonly signal: number;
}
/** η for the first of `slots`, which together are the time left. `workSeconds` is what is left to do, in seconds at full speed. */
export declare function etaForDeadline(run: Weighing, workSeconds: number, slots: readonly SlotAhead[]): number;
//# sourceMappingURL=deadline.d.ts.map
/** What the carbon timer has done on the host that trains, as local activities of its process: look and weigh, hold a limit. */
import { type Weighed } from '../../policy/carbon';
import type { Steering } from '../../policy/gridDecision';
import type { RunsUnderWay } from '../training/underWay';
import type { GridWatch } from './gridWatch';
export interface WeighRequest {
    /** The run's key in the process that trains it. */
    readonly run: string;
    readonly steering: Steering;
}
/** `nextSeconds`: when to ask again. */
export type WeighAnswer = (Weighed & {
    readonly kind: 'weighed';
    readonly nextSeconds: number;
})
/** The run has not begun here, or its limits are still being measured. */
 | {
    readonly kind: 'waiting';
    readonly nextSeconds: number;
};
export interface SteerHardware {
    readonly watch: GridWatch | undefined;
    readonly underWay: RunsUnderWay;
}
export declare function createSteerActivities({ watch, underWay }: SteerHardware): {
    /** Never fails for want of a provider: what is not known weighs nothing. */
    weighRun({ run: key, steering }: WeighRequest): Promise<WeighAnswer>;
    /** False where the run may not be steered now, or has ended. */
    holdRun(key: string, watts: number): Promise<boolean>;
};
export type SteerActivities = ReturnType<typeof createSteerActivities>;
//# sourceMappingURL=steer.d.ts.map
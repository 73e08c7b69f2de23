import type { LeaseRecord } from '../../policy/facts';
import { type HeldThere } from '../../workflows/messages';
import { type TrainHardware, type TrainInput } from './train';
/** What its GPUs drew, from before its trainer began until after it ended. */
export interface Accompanied {
    readonly joules: number;
    readonly leases?: readonly LeaseRecord[] | undefined;
}
export declare function createAccompanyActivities(hardware: TrainHardware): {
    accompany(input: TrainInput): Promise<Accompanied>;
    /** Another worker process of this host may hold them; then the next try may find it. */
    holdHere(rank: number, watts: number): Promise<HeldThere>;
};
export type AccompanyActivities = ReturnType<typeof createAccompanyActivities>;
//# sourceMappingURL=accompany.d.ts.map
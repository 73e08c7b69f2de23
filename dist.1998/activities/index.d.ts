import { type GpuPool } from './gpu/pool';
import type { Hardware } from './hardware';
import { type OverrideRules } from './verifyOverride';
/** On a worker beside the workflows. */
export declare function createPolicyActivities(rules?: OverrideRules): {
    decide(input: import("./decide").DecideInput): Promise<import("./decide").DecideAnswer>;
    learn(input: import("./decide").LearnInput): Promise<unknown>;
    verifyOverride(job: string, request: import("../workflows/messages").OverrideRequest): Promise<import("./verifyOverride").OverrideVerdict>;
    verifyClear(job: string, request: import("../workflows/messages").ClearRequest): Promise<import("./verifyOverride").OverrideVerdict>;
    ask(spec: import("../worker").JobSpec, request: import("../workflows/messages").AskRequest): Promise<import("../policy").Decision>;
    tell(job: string, observation: import("../policy").Observation): Promise<import("../workflows/messages").TellAnswer>;
    giveUp(job: string, slot: import("../workflows/messages").GiveUp): Promise<void>;
};
export interface HostActivities {
    readonly host: string;
    readonly pool: GpuPool;
    /** For whichever host has free GPUs. */
    readonly claims: object;
    /** For this host alone. */
    readonly runs: object;
    /** Whether runs here can be steered by the grid while they train. */
    readonly followsGrid: boolean;
}
export declare function createHostActivities({ gpus, trainer, grid, gridTime, ...rest }: Hardware): HostActivities;
//# sourceMappingURL=index.d.ts.map
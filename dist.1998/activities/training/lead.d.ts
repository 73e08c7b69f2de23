import type { Observation } from '../../policy/facts';
import type { GpuDriver } from '../gpu/driver';
import type { HeldPower } from '../gpu/hold';
export interface Crew {
    /** Sets a limit on the GPUs of all hosts. */
    readonly power: HeldPower;
    /** Its energy is that of all hosts, spread over the GPUs of this one. */
    readonly gpus: GpuDriver;
    /** The observation with what all hosts really drew, as far as they still answer. */
    settled(observation: Observation): Promise<Observation>;
}
export declare function alone(power: HeldPower, gpus: GpuDriver): Crew;
export declare function lead(own: HeldPower, gpus: GpuDriver, gpuUuids: readonly string[], hosts: number): Promise<Crew>;
//# sourceMappingURL=lead.d.ts.map
import type { GpuHolder, HeldPower, Holding } from '../gpu/hold';
/** @throws GpuBusy after `patienceMs`; waits for as long as it takes unless given */
export declare function holdWhenFree<T>(holder: GpuHolder, holding: Holding, work: (power: HeldPower) => Promise<T>, patienceMs?: number): Promise<T>;
//# sourceMappingURL=holdWhenFree.d.ts.map
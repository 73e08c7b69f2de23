/**
 * Joules where no counter tells them: power, sampled and summed. It cannot see what happens between two samples, so its errors
 * are several times a counter's, and large where the load's rhythm is near the sampling's.
 */
export interface IntegratedEnergy {
    /** Since the first call. */
    joules(): Promise<number>;
}
export interface IntegrationOptions {
    readonly everySeconds?: number;
    readonly nowSeconds?: () => number;
}
/** Samples from the first call to the end of the process, which it does not hold up. */
export declare function createIntegratedEnergy(readWatts: () => Promise<number>, { everySeconds, nowSeconds }?: IntegrationOptions): IntegratedEnergy;
//# sourceMappingURL=integratedEnergy.d.ts.map
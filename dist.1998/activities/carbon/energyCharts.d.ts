import type { ProviderOptions } from './provided';
import type { Source } from './source';
export interface EnergyChartsOptions extends ProviderOptions {
    /** A bidding zone, such as DE-LU. */
    readonly zone: string;
}
export declare const energyChartsUrl = "https://api.energy-charts.info";
export declare function createEnergyCharts({ zone, baseUrl, clock, maxBytes, }: EnergyChartsOptions): Source;
//# sourceMappingURL=energyCharts.d.ts.map
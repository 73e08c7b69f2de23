/** `wattbandit simulate carbon`: what following the grid saves on recorded carbon intensities, without a server. */
import { type Command } from 'commander';
export declare function addSimulateCarbon(simulations: Command): void;
//# sourceMappingURL=simulateCarbon.d.ts.map
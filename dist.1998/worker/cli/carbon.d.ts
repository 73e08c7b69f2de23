/** `wattbandit carbon`: what a kWh is in grams or money, now and in the coming hours, and who tells it. Needs no Temporal. */
import type { Command } from 'commander';
export declare function addCarbon(program: Command): void;
//# sourceMappingURL=carbon.d.ts.map
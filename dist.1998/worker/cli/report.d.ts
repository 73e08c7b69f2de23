/** `wattbandit report`: what jobs drew and emitted in a period, against maximum power and the best static cap. */
import type { Command } from 'commander';
export declare function addReport(program: Command): void;
//# sourceMappingURL=report.d.ts.map
/** `wattbandit gpu`: the GPUs of this host and their power limits. Needs no Temporal. */
import type { Command } from 'commander';
export declare function addGpu(program: Command): void;
//# sourceMappingURL=gpu.d.ts.map
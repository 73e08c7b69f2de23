import type { Command } from 'commander';
export declare function addDemo(program: Command): void;
//# sourceMappingURL=demo.d.ts.map
import type { Command } from 'commander';
export declare function addJob(program: Command): void;
//# sourceMappingURL=job.d.ts.map
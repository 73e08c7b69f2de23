/** `wattbandit job export`: what a job knows, for another job, another server or another program. */
import type { Command } from 'commander';
export declare function addJobExport(job: Command): void;
//# sourceMappingURL=jobExport.d.ts.map
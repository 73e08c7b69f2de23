/** `wattbandit job import`: lets a job learn from what other systems and other jobs measured. */
import { type Command } from 'commander';
import { type SourceKind, type SourceOptions } from '../import/sources';
export interface ImportOptions extends SourceOptions {
    readonly from: SourceKind;
    readonly gpuModel?: string;
    readonly powerLimit?: number;
    readonly dryRun?: boolean;
}
export declare function addJobImport(job: Command): void;
//# sourceMappingURL=jobImport.d.ts.map
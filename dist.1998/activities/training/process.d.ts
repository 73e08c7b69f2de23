import type { GpuDriver } from '../gpu/driver';
export { endOrphans } from './runDirectory';
import type { Trainer } from './trainer';
export interface ProcessTrainerOptions {
    /** Where runs keep their checkpoints, output and records. On a disk of this host, or shared: then others may resume. */
    readonly directory: string;
    /** Measures what a probe draws. */
    readonly gpus: GpuDriver;
    /** What `cwd` of a job file is relative to; the worker's working directory unless given. */
    readonly workingDirectory?: string;
    /** The worker's environment, of which a trainer gets a part; `process.env` unless given. */
    readonly env?: NodeJS.ProcessEnv;
}
export declare function createProcessTrainer(options: ProcessTrainerOptions): Trainer;
//# sourceMappingURL=process.d.ts.map
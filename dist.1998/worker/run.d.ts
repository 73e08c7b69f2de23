/** A worker process: recovers what dead ones left, connects, and serves until told to stop. */
import { type NativeConnectionOptions } from '@temporalio/worker';
import type { WorkerConfig } from './config';
import { type Say } from './hardware';
export interface RunOptions {
    readonly connection: NativeConnectionOptions;
    readonly namespace?: string;
    /** Told what becomes of power limits. */
    readonly say?: Say;
    /** Called once the worker polls. */
    readonly onReady?: () => void;
    /** Ends the worker: no new tasks, running ones get some time to finish. */
    readonly signal?: AbortSignal;
}
/**
 * Resolves when the worker has shut down.
 * @throws WattbanditError `invalid` for a key that cannot be used, and for a server that may not be spoken to without TLS
 */
export declare function runWorker(config: WorkerConfig, options: RunOptions): Promise<void>;
//# sourceMappingURL=run.d.ts.map
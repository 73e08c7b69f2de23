/**
 * The Temporal plugin: adds wattbandit's workflows and activities to a worker that may have its own, and on a GPU host runs the
 * workers beside it that claim and train. The plugin API of Temporal is experimental; this file is the only one that knows it.
 */
import { SimplePlugin } from '@temporalio/plugin';
import type { BundleOptions, ReplayWorkerOptions, Worker, WorkerOptions } from '@temporalio/worker';
import type { Hardware } from '../activities/hardware';
import type { OverrideRules } from '../activities/verifyOverride';
/** Without hardware a worker decides and remembers, but cannot train; enough to replay or to bundle. */
export interface WattbanditPluginOptions extends Partial<Hardware> {
    /** Whose overrides are believed; nobody's unless given. */
    readonly overrides?: OverrideRules;
}
export declare class WattbanditPlugin extends SimplePlugin {
    #private;
    constructor(options?: WattbanditPluginOptions);
    configureWorker(options: WorkerOptions): WorkerOptions;
    configureReplayWorker(options: ReplayWorkerOptions): ReplayWorkerOptions;
    runWorker(worker: Worker, next: (worker: Worker) => Promise<void>): Promise<void>;
    /** The bundler of a worker and {@link bundleWorkflowCode} both come here, with the host's path if it has one. */
    configureBundler(options: BundleOptions): BundleOptions;
}
//# sourceMappingURL=plugin.d.ts.map
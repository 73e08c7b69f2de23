/**
 * The Temporal plugin: adds wattbandit's workflows and activities to a worker that may have its own, and on a GPU host runs the
 * workers beside it that claim and train. The plugin API of Temporal is experimental; this file is the only one that knows it.
 */
import { SimplePlugin } from '@temporalio/plugin';
import type { BundleOptions, ReplayWorkerOptions, Worker, WorkerOptions } from '@temporalio/worker';
import { type HostActivities, createHostActivities, createPolicyActivities } from '../activities';
import type { Hardware } from '../activities/hardware';
import { Metrics } from '../activities/metrics/metrics';
import type { OverrideRules } from '../activities/verifyOverride';

/** Without hardware a worker decides and remembers, but cannot train; enough to replay or to bundle. */
export interface WattbanditPluginOptions extends Partial<Hardware> {
  /** Whose overrides are believed; nobody's unless given. */
  readonly overrides?: OverrideRules;
  /** Reported by the runtime's own metrics; given where something else than the plugin measures too. */
  readonly metrics?: Metrics;
}

const ownWorkflows = require.resolve('../workflows');
const composedWorkflows = require.resolve('../workflows/composed');
/** What {@link composedWorkflows} imports the host's workflows by. */
const hostAlias = '__host_workflows__';

export class WattbanditPlugin extends SimplePlugin {
  readonly #metrics: Metrics;
  readonly #host: HostActivities | undefined;
  /** What each worker with this plugin was made with, by its task queue. */
  readonly #mainOptions = new Map<string, WorkerOptions>();
  readonly #accompanied = new WeakSet<Worker>();
  /** Task queues of the workers that this plugin made itself. They need no plugin. */
  readonly #beside = new Set<string>();

  constructor(options: WattbanditPluginOptions = {}) {
    const { metrics = new Metrics() } = options;
    super({ name: 'wattbandit', activities: createPolicyActivities(options.overrides, metrics) });
    this.#metrics = metrics;
    this.#host = isHardware(options) ? createHostActivities(options, metrics) : undefined;
  }

  override configureWorker(options: WorkerOptions): WorkerOptions {
    const { taskQueue } = options;
    if (this.#beside.has(taskQueue)) return options;
    this.#mainOptions.set(taskQueue, options);
    return super.configureWorker(withWorkflows(options));
  }

  override configureReplayWorker(options: ReplayWorkerOptions): ReplayWorkerOptions {
    return super.configureReplayWorker(withWorkflows(options));
  }

  override async runWorker(worker: Worker, next: (worker: Worker) => Promise<void>): Promise<void> {
    const { taskQueue } = worker.options;
    // Loaded here only: who bundles or replays needs no native worker, and whoever installs a runtime does it before.
    const { Runtime } = await import('@temporalio/worker');
    this.#metrics.reportTo(Runtime.instance().metricMeter);
    // Given to the connection and to the worker, the plugin comes here twice.
    const isAccompanied = this.#accompanied.has(worker) || this.#beside.has(taskQueue);
    if (this.#host === undefined || isAccompanied) return super.runWorker(worker, next);
    this.#accompanied.add(worker);
    // Loaded here only: who bundles or replays needs no native worker.
    const { createHostWorkers, hostQueues, runTogether, sharedOptions } = await import('./hostWorkers.js');
    const host = this.#host;
    for (const queue of hostQueues(taskQueue, host)) this.#beside.add(queue);
    const shared = sharedOptions(this.#mainOptions.get(taskQueue) ?? { taskQueue });
    await runTogether(
      worker,
      () => super.runWorker(worker, next),
      () => createHostWorkers(taskQueue, host, shared),
    );
  }

  /** The bundler of a worker and {@link bundleWorkflowCode} both come here, with the host's path if it has one. */
  override configureBundler(options: BundleOptions): BundleOptions {
    const configured = super.configureBundler(options);
    const hostPath = configured.workflowsPath;
    if (hostPath === undefined || hostPath === ownWorkflows) return { ...configured, workflowsPath: ownWorkflows };
    // Given to the connection and to the worker, the plugin comes here twice.
    if (hostPath === composedWorkflows) return configured;
    return {
      ...configured,
      workflowsPath: composedWorkflows,
      webpackConfigHook: (config) => {
        const hooked = configured.webpackConfigHook?.(config) ?? config;
        const given = hooked.resolve?.alias ?? {};
        const alias = Array.isArray(given)
          ? [...given, { name: hostAlias, alias: hostPath }]
          : { ...given, [hostAlias]: hostPath };
        return { ...hooked, resolve: { ...hooked.resolve, alias } };
      },
    };
  }
}

/** A host without workflows of its own gets ours; one with a bundle has put the plugin into its bundling. */
function withWorkflows<T extends Pick<WorkerOptions, 'workflowsPath' | 'workflowBundle'>>(options: T): T {
  if (options.workflowsPath !== undefined || options.workflowBundle !== undefined) return options;
  return { ...options, workflowsPath: ownWorkflows };
}

function isHardware(options: Partial<Hardware>): options is Hardware {
  return options.gpus !== undefined && options.trainer !== undefined;
}

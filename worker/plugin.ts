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
  /** Only for `bundleWorkflowCode`: whether the bundle is for workers with `useWorkerVersioning`. A worker that bundles knows. */
  readonly versioned?: boolean;
}

const ownWorkflows = require.resolve('../workflows');
const versionedWorkflows = require.resolve('../workflows/versioned');
const replayedWorkflows = require.resolve('../workflows/replayed');
const composedWorkflows = require.resolve('../workflows/composed');
/** What {@link composedWorkflows} imports the host's workflows by. */
const hostAlias = '__host_workflows__';
/** … and ours. */
const ownAlias = '__own_workflows__';

export class WattbanditPlugin extends SimplePlugin {
  readonly #metrics: Metrics;
  readonly #versioned: boolean;
  readonly #host: HostActivities | undefined;
  /** What each worker with this plugin was made with, by its task queue. */
  readonly #mainOptions = new Map<string, WorkerOptions>();
  readonly #accompanied = new WeakSet<Worker>();
  /** Task queues of the workers that this plugin made itself. They need no plugin. */
  readonly #beside = new Set<string>();

  constructor(options: WattbanditPluginOptions = {}) {
    const { metrics = new Metrics(), versioned = false } = options;
    super({ name: 'wattbandit', activities: createPolicyActivities(options.overrides, metrics) });
    this.#metrics = metrics;
    this.#versioned = versioned;
    this.#host = isHardware(options) ? createHostActivities(options, metrics) : undefined;
  }

  override configureWorker(options: WorkerOptions): WorkerOptions {
    const { taskQueue } = options;
    if (this.#beside.has(taskQueue)) return options;
    this.#mainOptions.set(taskQueue, options);
    const { useWorkerVersioning } = options.workerDeploymentOptions ?? {};
    return super.configureWorker(withWorkflows(options, pathOfOwn(useWorkerVersioning)));
  }

  override configureReplayWorker(options: ReplayWorkerOptions): ReplayWorkerOptions {
    return super.configureReplayWorker(withWorkflows(options, replayedWorkflows));
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

  /**
   * Before a worker is shut down: this host claims no more GPUs, and its runs get until `signal` to end. Meanwhile the worker serves
   * all else. Answers whether there were runs.
   */
  async drain(signal: AbortSignal): Promise<boolean> {
    return (await this.#host?.pool.close(signal)) ?? false;
  }

  /** The bundler of a worker and {@link bundleWorkflowCode} both come here, with the host's path if it has one. */
  override configureBundler(options: BundleOptions): BundleOptions {
    const configured = super.configureBundler(options);
    const hostPath = configured.workflowsPath ?? pathOfOwn(this.#versioned);
    // Given to the connection and to the worker, the plugin comes here twice.
    if ([ownWorkflows, versionedWorkflows, replayedWorkflows, composedWorkflows].includes(hostPath))
      return { ...configured, workflowsPath: hostPath };
    const aliases = { [ownAlias]: pathOfOwn(this.#versioned), [hostAlias]: hostPath };
    return {
      ...configured,
      workflowsPath: composedWorkflows,
      webpackConfigHook: hookWith(aliases, configured.webpackConfigHook),
    };
  }
}

const pathOfOwn = (versioned = false) => (versioned ? versionedWorkflows : ownWorkflows);

type BundledOptions = Pick<WorkerOptions, 'workflowsPath' | 'workflowBundle' | 'bundlerOptions'>;

/** A host without workflows of its own gets ours, `own`; with its own, the bundler hears by an alias which. One with a bundle has put the plugin into its bundling. */
function withWorkflows<T extends BundledOptions>(options: T, own: string): T {
  const { workflowsPath = ownWorkflows, workflowBundle, bundlerOptions } = options;
  if (workflowBundle !== undefined) return options;
  if (workflowsPath === ownWorkflows) return { ...options, workflowsPath: own };
  if (own === ownWorkflows) return options;
  const webpackConfigHook = hookWith({ [ownAlias]: own }, bundlerOptions?.webpackConfigHook);
  return { ...options, bundlerOptions: { ...bundlerOptions, webpackConfigHook } };
}

type WebpackHook = NonNullable<BundleOptions['webpackConfigHook']>;

/** Aliases of `given`, which is nearer to the worker, come first. */
function hookWith(aliases: Readonly<Record<string, string>>, given: WebpackHook = (config) => config): WebpackHook {
  return (config) => {
    const hooked = given(config);
    const existing = hooked.resolve?.alias ?? {};
    const alias = Array.isArray(existing)
      ? [...existing, ...Object.entries(aliases).map(([name, path]) => ({ name, alias: path }))]
      : { ...aliases, ...existing };
    return { ...hooked, resolve: { ...hooked.resolve, alias } };
  };
}

function isHardware(options: Partial<Hardware>): options is Hardware {
  return options.gpus !== undefined && options.trainer !== undefined;
}

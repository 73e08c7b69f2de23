/**
 * The Temporal plugin: adds wattbandit's workflows and activities to a worker that may have its own. The plugin API of
 * Temporal is experimental; this file is the only one that knows it.
 */
import { SimplePlugin } from '@temporalio/plugin';
import type { BundleOptions, ReplayWorkerOptions, WorkerOptions } from '@temporalio/worker';
import { type Activities, createActivities } from '../activities';
import type { Hardware } from '../activities/hardware';

/** Without hardware a worker decides and remembers, but cannot train; enough to replay or to bundle. */
export type WattbanditPluginOptions = Partial<Hardware>;

const ownWorkflows = require.resolve('../workflows');
const composedWorkflows = require.resolve('../workflows/composed');
/** What {@link composedWorkflows} imports the host's workflows by. */
const hostAlias = '__host_workflows__';

export class WattbanditPlugin extends SimplePlugin {
  /** For a second worker, on `hostTaskQueue`: it shares the GPUs with the one that has this plugin, and needs no workflows. */
  readonly activities: Activities;

  constructor(options: WattbanditPluginOptions = {}) {
    const activities = createActivities(options);
    super({ name: 'wattbandit', activities });
    this.activities = activities;
  }

  override configureWorker(options: WorkerOptions): WorkerOptions {
    return super.configureWorker(withWorkflows(options));
  }

  override configureReplayWorker(options: ReplayWorkerOptions): ReplayWorkerOptions {
    return super.configureReplayWorker(withWorkflows(options));
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

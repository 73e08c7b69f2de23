"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.WattbanditPlugin = void 0;
/**
 * The Temporal plugin: adds wattbandit's workflows and activities to a worker that may have its own, and on a GPU host runs the
 * workers beside it that claim and train. The plugin API of Temporal is experimental; this file is the only one that knows it.
 */
const plugin_1 = require("@temporalio/plugin");
const activities_1 = require("../activities");
const ownWorkflows = require.resolve('../workflows');
const composedWorkflows = require.resolve('../workflows/composed');
/** What {@link composedWorkflows} imports the host's workflows by. */
const hostAlias = '__host_workflows__';
class WattbanditPlugin extends plugin_1.SimplePlugin {
    #host;
    /** What each worker with this plugin was made with, by its task queue. */
    #mainOptions = new Map();
    #accompanied = new WeakSet();
    /** Task queues of the workers that this plugin made itself. They need no plugin. */
    #beside = new Set();
    constructor(options = {}) {
        super({ name: 'wattbandit', activities: (0, activities_1.createPolicyActivities)(options.overrides) });
        this.#host = isHardware(options) ? (0, activities_1.createHostActivities)(options) : undefined;
    }
    configureWorker(options) {
        const { taskQueue } = options;
        if (this.#beside.has(taskQueue))
            return options;
        this.#mainOptions.set(taskQueue, options);
        return super.configureWorker(withWorkflows(options));
    }
    configureReplayWorker(options) {
        return super.configureReplayWorker(withWorkflows(options));
    }
    async runWorker(worker, next) {
        const { taskQueue } = worker.options;
        // Given to the connection and to the worker, the plugin comes here twice.
        const isAccompanied = this.#accompanied.has(worker) || this.#beside.has(taskQueue);
        if (this.#host === undefined || isAccompanied)
            return super.runWorker(worker, next);
        this.#accompanied.add(worker);
        // Loaded here only: who bundles or replays needs no native worker.
        const { createHostWorkers, hostQueues, runTogether, sharedOptions } = await import('./hostWorkers.js');
        const host = this.#host;
        for (const queue of hostQueues(taskQueue, host))
            this.#beside.add(queue);
        const shared = sharedOptions(this.#mainOptions.get(taskQueue) ?? { taskQueue });
        await runTogether(worker, () => super.runWorker(worker, next), () => createHostWorkers(taskQueue, host, shared));
    }
    /** The bundler of a worker and {@link bundleWorkflowCode} both come here, with the host's path if it has one. */
    configureBundler(options) {
        const configured = super.configureBundler(options);
        const hostPath = configured.workflowsPath;
        if (hostPath === undefined || hostPath === ownWorkflows)
            return { ...configured, workflowsPath: ownWorkflows };
        // Given to the connection and to the worker, the plugin comes here twice.
        if (hostPath === composedWorkflows)
            return configured;
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
exports.WattbanditPlugin = WattbanditPlugin;
/** A host without workflows of its own gets ours; one with a bundle has put the plugin into its bundling. */
function withWorkflows(options) {
    if (options.workflowsPath !== undefined || options.workflowBundle !== undefined)
        return options;
    return { ...options, workflowsPath: ownWorkflows };
}
function isHardware(options) {
    return options.gpus !== undefined && options.trainer !== undefined;
}
//# sourceMappingURL=plugin.js.map
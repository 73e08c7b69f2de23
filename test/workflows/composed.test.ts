import { randomUUID } from 'node:crypto';
import { SimplePlugin } from '@temporalio/plugin';
import {
  type BundleOptions,
  NativeConnection,
  Worker,
  type WorkerPlugin,
  bundleWorkflowCode,
} from '@temporalio/worker';
import { JobClient } from '../../worker/client';
import { WattbanditPlugin } from '../../worker/plugin';
import type { RecurrenceResult } from '../../workflows/messages';
import { onBench, simulatedHardware } from '../support/bench';
import { jobSpec } from '../support/job';
import { testAddress, testClient, testWorker } from '../support/temporal';

const hostPath = require.resolve('../support/host/workflows');
const clashPath = require.resolve('../support/host/clash');
const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** Somebody else's plugin, with activities and a wish for webpack. */
class GreeterPlugin extends SimplePlugin {
  constructor() {
    super({ name: 'greeter', activities: { greet: async (name: string) => `hello ${name}` } });
  }

  override configureBundler(options: BundleOptions): BundleOptions {
    const webpackConfigHook: BundleOptions['webpackConfigHook'] = (config) => {
      const hooked = options.webpackConfigHook?.(config) ?? config;
      return { ...hooked, ignoreWarnings: [] };
    };
    return { ...super.configureBundler(options), webpackConfigHook };
  }
}

const bundleWith = (workflowsPath: string, plugins: readonly (SimplePlugin & WorkerPlugin)[]) =>
  bundleWorkflowCode({ workflowsPath, plugins: [...plugins], logger: quiet });

async function runBoth(taskQueue: string): Promise<void> {
  const client = await testClient();
  const id = randomUUID().slice(0, 8);
  const options = { taskQueue, workflowExecutionTimeout: '30s' } as const;
  expect(await client.workflow.execute('welcome', { ...options, workflowId: `welcome-${id}`, args: ['world'] })).toBe(
    'hello world',
  );
  expect(await client.workflow.execute('whatever', { ...options, workflowId: `whatever-${id}` })).toBe('whatever');
  const recurrence = await new JobClient(client, { taskQueue }).startRecurrence(jobSpec({ job: id }), new Date(0));
  const { observation }: RecurrenceResult = await recurrence.result();
  expect(observation.outcome).toBe('converged');
}

describe('WattbanditPlugin', () => {
  it.each([
    ['before', () => [new WattbanditPlugin(simulatedHardware()), new GreeterPlugin()]],
    ['after', () => [new GreeterPlugin(), new WattbanditPlugin(simulatedHardware())]],
  ])('runs the host’s workflows and ours from a bundle that was built ahead, %s another plugin', async (_, create) => {
    const plugins = create();
    const workflowBundle = await bundleWith(hostPath, plugins);
    await testWorker({ plugins, workflowBundle }, ({ taskQueue }) => runBoth(taskQueue));
  });

  it('reaches the worker through its connection, and may be given to both', async () => {
    const given = [new GreeterPlugin(), new WattbanditPlugin(simulatedHardware())];
    const connection = await NativeConnection.connect({ address: testAddress(), plugins: given });
    for (const plugins of [[], given]) {
      const taskQueue = `connected-${randomUUID()}`;
      const worker = await Worker.create({ connection, taskQueue, workflowsPath: hostPath, plugins });
      await worker.runUntil(runBoth(taskQueue));
    }
    await connection.close();
  });

  it('replays our histories, beside a host’s workflows and alone', async () => {
    await onBench({}, async ({ jobs, job, bandit }) => {
      await jobs.create(jobSpec({ job }), { paused: true });
      await jobs.delete(job);
      await bandit().result();
      const history = await bandit().fetchHistory();
      await Worker.runReplayHistory({ workflowsPath: hostPath, plugins: [new WattbanditPlugin()] }, history);
      await Worker.runReplayHistory({ plugins: [new WattbanditPlugin()] }, history);
    });
  });

  it('refuses a host that has a workflow of the same name, instead of running one for the other', async () => {
    const workflowBundle = await bundleWith(clashPath, [new WattbanditPlugin()]);
    const history = await testClient().then((client) =>
      testWorker({ plugins: [new WattbanditPlugin()], workflowBundle }, async ({ taskQueue }) => {
        const handle = await client.workflow.start('bandit', { taskQueue, workflowId: `clash-${randomUUID()}` });
        for (;;) {
          const { events } = await handle.fetchHistory();
          const failed = events?.find((event) => event.workflowTaskFailedEventAttributes);
          if (failed !== undefined) return failed.workflowTaskFailedEventAttributes?.failure?.message;
        }
      }),
    );
    expect(history).toContain('Cannot register workflow bandit: wattbandit has one of that name');
  });

  it('accepts a host that exports our workflows itself', async () => {
    const { code } = await bundleWith(require.resolve('../../workflows'), [new WattbanditPlugin()]);
    expect(code).not.toContain('__host_workflows__');
  });
});

/** The plugin in workers that somebody else makes and versions. */
import { randomUUID } from 'node:crypto';
import { type WorkerDeploymentOptions, type WorkerOptions, bundleWorkflowCode } from '@temporalio/worker';
import { JobClient } from '../../worker/client';
import { WattbanditPlugin } from '../../worker/plugin';
import {
  type RecurrenceResult,
  ask,
  banditId,
  carbonTimerId,
  ledger,
  recurrenceId,
  slotAt,
  tell,
} from '../../workflows/messages';
import { claimsQueue, hostQueue } from '../../workflows/taskQueues';
import { holdInMemory } from '../../activities/gpu/hold';
import { simulatedHardware } from '../support/bench';
import { jobSpec, observation } from '../support/job';
import { makeCurrent, versionOfRun } from '../support/roll';
import { type TestWorker, testWorker } from '../support/temporal';
import { createFeelingHardware, createWavingGrid } from '../support/waves';

const ownPath = require.resolve('../../workflows');
const hostPath = require.resolve('../support/host/workflows');
const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} };
const hour = (n: number) => new Date(Date.UTC(2021, 6, 1, n));
const pinned = 1;
const autoUpgrade = 2;
const unversionedMode = 1;
const ofActivities = 2;

const fresh = () => `hosts-${randomUUID().slice(0, 8)}`;

/** A worker of a version that is current while `use` runs. */
async function onVersion(
  name: string,
  options: Partial<WorkerOptions> & { readonly buildId: string },
  use: (worker: TestWorker) => Promise<void>,
): Promise<void> {
  const { buildId, ...rest } = options;
  const version = { deploymentName: name, buildId };
  const workerDeploymentOptions: WorkerDeploymentOptions = {
    useWorkerVersioning: true,
    version,
    defaultVersioningBehavior: 'AUTO_UPGRADE',
  };
  await testWorker({ taskQueue: name, workerDeploymentOptions, ...rest }, async (worker) => {
    await makeCurrent(version);
    await use(worker);
  });
}

describe('WattbanditPlugin in a versioned worker', () => {
  it('keeps the host’s version and default, versions our workflows, and labels the workers beside it', async () => {
    const name = fresh();
    const plugins = [new WattbanditPlugin({ ...simulatedHardware(), host: 'alpha' })];
    const activities = { greet: async (who: string) => `hello ${who}` };
    await onVersion(name, { buildId: '7', plugins, activities, workflowsPath: hostPath }, async ({ client }) => {
      const welcome = await client.workflow.start('welcome', {
        taskQueue: name,
        workflowId: `${name}-w`,
        args: ['you'],
      });
      expect(await welcome.result()).toBe('hello you');
      const recurrence = await new JobClient(client, { taskQueue: name }).startRecurrence(
        jobSpec({ job: name }),
        hour(0),
      );
      const { observation: seen }: RecurrenceResult = await recurrence.result();
      expect(seen.outcome).toBe('converged');
      expect(await versionOfRun(welcome)).toEqual({ buildId: '7', behavior: autoUpgrade });
      expect(await versionOfRun(recurrence)).toEqual({ buildId: '7', behavior: pinned });
      expect(await versionOfRun(client.workflow.getHandle(banditId(name)))).toEqual({
        buildId: '7',
        behavior: autoUpgrade,
      });
      for (const queue of [claimsQueue(name), hostQueue(name, 'alpha')]) {
        const { pollers } = await client.workflowService.describeTaskQueue({
          namespace: 'default',
          taskQueue: { name: queue },
          // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- the enum is in a package that is not ours to depend on
          taskQueueType: ofActivities,
        });
        expect(pollers?.map(({ deploymentOptions: of }) => [of?.buildId, of?.workerVersioningMode])).toEqual([
          ['7', unversionedMode],
        ]);
      }
    });
  });

  it('takes a bundle that was built ahead for versioned workers', async () => {
    const name = fresh();
    const workflowBundle = await bundleWorkflowCode({
      workflowsPath: hostPath,
      plugins: [new WattbanditPlugin({ versioned: true })],
      logger: quiet,
    });
    const plugins = [new WattbanditPlugin(simulatedHardware())];
    await onVersion(name, { buildId: '7', plugins, workflowBundle }, async ({ client }) => {
      const recurrence = await new JobClient(client, { taskQueue: name }).startRecurrence(
        jobSpec({ job: name }),
        hour(0),
      );
      await recurrence.result();
      expect(await versionOfRun(recurrence)).toEqual({ buildId: '7', behavior: pinned });
    });
  });

  it('follows the grid beside a pinned recurrence, on the host’s queue that has no version', async () => {
    const name = fresh();
    const epochs = 10;
    const { gpus, trainer } = createFeelingHardware(epochs);
    const grid = createWavingGrid(3, [20, 3000], 400);
    const plugins = [new WattbanditPlugin({ gpus, trainer, grid, holder: holdInMemory(gpus), host: 'felt' })];
    const spec = jobSpec({
      job: name,
      batchSizes: [64],
      defaultBatchSize: 64,
      maxEpochs: epochs + 1,
      target: { metric: 'accuracy', value: 1 },
      carbon: {},
    });
    await onVersion(name, { buildId: '7', plugins, workflowsPath: ownPath }, async ({ client }) => {
      const recurrence = await new JobClient(client, { taskQueue: name }).startRecurrence(spec, hour(0));
      const { observation: seen }: RecurrenceResult = await recurrence.result();
      expect(new Set(seen.grid?.intervals.map(({ perKwh }) => perKwh))).toEqual(new Set([20, 3000]));
      const timer = client.workflow.getHandle(carbonTimerId(recurrenceId(name, slotAt(hour(0))), 1));
      expect((await versionOfRun(timer)).buildId).toBeUndefined();
    });
  });
});

describe('bandit', () => {
  it('continues as new in a newer version with what it learned in the older one', async () => {
    const name = fresh();
    const spec = jobSpec({ job: name, batchSizes: [256, 512, 1024] });
    const gpus = { model: 'V100', count: 1, powerLimitsWatts: [100, 175, 250] };
    const learn = async ({ client }: TestWorker, from: number, to: number) => {
      const bandit = client.workflow.getHandle(banditId(name));
      for (let n = from; n < to; n++) {
        const slot = slotAt(hour(n));
        const decision = await bandit.executeUpdate(ask, { args: [{ id: `${slot}/1`, slot, attempt: 1, gpus }] });
        const { batchSize } = decision;
        await bandit.executeUpdate(tell, { args: [observation({ id: decision.id, slot, batchSize })] });
      }
    };
    const options = () => ({ plugins: [new WattbanditPlugin()], workflowsPath: ownPath });
    await onVersion(name, { ...options(), buildId: '1.0' }, async (worker) => {
      await worker.client.workflow.start('bandit', {
        taskQueue: name,
        workflowId: banditId(name),
        args: [{ spec, since: [] }],
      });
      await learn(worker, 0, 10);
    });
    await onVersion(name, { ...options(), buildId: '2.0' }, async (worker) => {
      await learn(worker, 10, 40);
      const bandit = worker.client.workflow.getHandle(banditId(name));
      const { runId, raw } = await bandit.describe();
      expect(raw.workflowExecutionInfo?.firstRunId).not.toBe(runId);
      expect(await versionOfRun(bandit)).toEqual({ buildId: '2.0', behavior: autoUpgrade });
      const { totals } = await bandit.query(ledger);
      expect(totals).toMatchObject({ decisions: 40, told: 40, counted: 40 });
    });
  });
});

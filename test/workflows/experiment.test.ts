import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode } from '@temporalio/worker';
import { type Client, CancelledFailure, type WorkflowExecutionInfo, WorkflowFailedError } from '@temporalio/client';
import { createExperimentActivities } from '../../activities/experiment';
import { type SweepInput, sweepSchema } from '../../simulation/sweep';
import { inputFor, planOf } from '../../worker/experiment/plan';
import { listExperiments } from '../../worker/experiment/listExperiments';
import { playHere } from '../../worker/experiment/playHere';
import { cancelExperiment, playOnWorkers } from '../../worker/experiment/playOnWorkers';
import { ownVersions } from '../../worker/experiment/versions';
import { packagedTraces } from '../../worker/packaged';
import { cellsDone, experimentPartId } from '../../workflows/experimentMessages';
import { experimentsQueue } from '../../workflows/taskQueues';
import { testWorker } from '../support/temporal';

const host = { versions: ownVersions(), tracesDirectory: packagedTraces };
const activities = createExperimentActivities(host);

/** A name of its own, so that nothing is done already. */
const planFor = (changes: Partial<SweepInput>) =>
  planOf(
    sweepSchema.parse({ version: 1, name: `t${randomUUID()}`, policies: ['default'], gpus: ['v100'], ...changes }),
  );

const listed = async (client: Client, id: string) => (await listExperiments(client)).find((one) => one.id === id);

const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error };
let workflowBundle: { readonly code: string };
beforeAll(async () => {
  const workflowsPath = require.resolve('../../workflows/experiments');
  workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: quiet });
}, 120_000);

async function withWorker<T>(
  use: (client: Client, taskQueue: string) => Promise<T>,
  played: typeof activities = activities,
): Promise<T> {
  const taskQueue = randomUUID();
  return testWorker({ workflowBundle, activities: played, taskQueue: experimentsQueue(taskQueue) }, ({ client }) =>
    use(client, taskQueue),
  );
}

describe('experiment', () => {
  it('has the rows that a process alone has, over many parts and beyond one history', async () => {
    const plan = planFor({ gpus: undefined, synthetic: 13, policies: ['zeus', 'default'], seeds: 2, recurrences: [5] });
    const input = { ...inputFor(plan, 2), cellsPerChunk: 1, chunksPerPart: 1 };
    expect(plan.cells).toHaveLength(26);
    const { rows, runs } = await withWorker(async (client, taskQueue) => {
      const played = await playOnWorkers(client, input, { taskQueue });
      await until(async () => (await listed(client, input.id))?.state === 'done');
      const found: WorkflowExecutionInfo[] = [];
      for await (const run of client.workflow.list({ query: `WorkflowId = "${input.id}"` })) found.push(run);
      const began = Math.min(...found.map(({ startTime }) => startTime.getTime()));
      expect(await listed(client, input.id)).toMatchObject({
        ...{ name: plan.sweep.name, state: 'done', cells: 26, cellsDone: 26, version: plan.provenance.wattbandit },
        startedAt: new Date(began).toISOString(),
      });
      return { rows: played, runs: found };
    });
    expect(JSON.stringify(rows)).toBe(JSON.stringify(await playHere(plan)));
    expect(runs.length).toBeGreaterThan(1);
  }, 120_000);

  it('goes on after a cancellation, and plays no part a second time that was done', async () => {
    const plan = planFor({ policies: ['zeus'], jobs: ['sentiment140', 'squad'], eta: [0, 0.2, 0.4, 0.6, 0.8, 1] });
    const input = { ...inputFor(plan, 1), cellsPerChunk: 1, chunksPerPart: 6 };
    expect(plan.cells).toHaveLength(12);
    const { first, again, rows } = await withWorker(async (client, taskQueue) => {
      const partOne = client.workflow.getHandle(experimentPartId(input.id, 1));
      const cancelled = playOnWorkers(client, input, { taskQueue }).catch((error: unknown) => error);
      await until(async () => (await partOne.query(cellsDone)) >= 1);
      await cancelExperiment(client, input.id);
      expect(await cancelled).toMatchObject({ remedy: 'unavailable', message: expect.stringMatching(/run it again/) });
      await expect(partOne.result()).rejects.toMatchObject({ cause: expect.any(CancelledFailure) });
      await expect(partOne.result()).rejects.toBeInstanceOf(WorkflowFailedError);
      await until(async () => (await listed(client, input.id))?.state === 'cancelled');
      expect((await listed(client, input.id))!.cellsDone).toBeLessThan(12);

      const partZero = client.workflow.getHandle(experimentPartId(input.id, 0));
      const before = (await partZero.describe()).runId;
      const all = await playOnWorkers(client, input, { taskQueue });
      return { first: before, again: (await partZero.describe()).runId, rows: all };
    });
    expect(again).toBe(first);
    expect(JSON.stringify(rows)).toBe(JSON.stringify(await playHere(plan)));
  }, 120_000);

  it('is listed with how far it is, until it is done', async () => {
    const plan = planFor({ jobs: ['squad'], eta: [0, 0.2, 0.4, 0.6, 0.8, 1], seeds: 1, recurrences: [1] });
    const input = { ...inputFor(plan, 1), cellsPerChunk: 1, chunksPerPart: 3 };
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const playCells: typeof activities.playCells = async (of, range) => {
      if (range.from === 4) await released;
      return activities.playCells(of, range);
    };
    await withWorker(
      async (client, taskQueue) => {
        const played = playOnWorkers(client, input, { taskQueue });
        await until(async () => (await listed(client, input.id))?.cellsDone === 4);
        const expected = { name: plan.sweep.name, state: 'running', cells: 6, endedAt: null };
        expect(await listed(client, input.id)).toMatchObject(expected);
        release();
        await played;
        await until(async () => (await listed(client, input.id))?.state === 'done');
        expect(await listed(client, input.id)).toMatchObject({ cellsDone: 6, endedAt: expect.any(String) });
      },
      { ...activities, playCells },
    );
  }, 120_000);

  it('fails with what is wrong, and not again and again', async () => {
    const plan = planFor({ jobs: ['squad'], seeds: 1, recurrences: [1] });
    const input = { ...inputFor(plan, 1), tracesDirectory: '/no/such/place' };
    await withWorker(async (client, taskQueue) => {
      await expect(playOnWorkers(client, input, { taskQueue })).rejects.toThrow(/no directory \/no\/such\/place/);
    });
  });
});

describe('the bundle of experiments', () => {
  it('holds workflows alone: no zod, and nothing that computes', () => {
    const modules = [...workflowBundle.code.matchAll(/^\/\*{3}\/ "\.\/(.+)"/gm)].map(([, path]) => path ?? '');
    expect(modules).toContain('workflows/experiment.ts');
    expect(modules.filter((path) => !/^(workflows|node_modules)\//.test(path))).toEqual([]);
    expect(modules.filter((path) => path.startsWith('node_modules/zod/'))).toEqual([]);
  });
});

describe('playCells', () => {
  const input = inputFor(planFor({ jobs: ['squad'], seeds: 1, recurrences: [1] }), 1);
  const play = (changes: object) =>
    new MockActivityEnvironment().run(
      (...args: Parameters<typeof activities.playCells>) => activities.playCells(...args),
      { ...input, provenance: { ...input.provenance, ...changes } },
      { from: 0, to: 1 },
    );

  it('plays where everything is as the experiment wants it', async () => {
    expect(await play({})).toHaveLength(1);
  });

  it.each([
    [{ wattbandit: '0.0.1' }, /wants wattbandit 0\.0\.1/],
    [{ node: '1.0.0' }, /wants node 1\.0\.0/],
    [{ traces: { 'summary_train.csv': 'f00' } }, /wants traces f00/],
  ])('refuses to play for %j', async (changes, message) => {
    await expect(play(changes)).rejects.toThrow(message);
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds().catch(() => false))) await new Promise((later) => setTimeout(later, 50));
}

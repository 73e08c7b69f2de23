import { randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { type Client, CancelledFailure, WorkflowFailedError } from '@temporalio/client';
import { createExperimentActivities } from '../../activities/experiment';
import { type SweepInput, sweepSchema } from '../../simulation/sweep';
import { inputFor, planOf } from '../../worker/experiment/plan';
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

async function withWorker<T>(use: (client: Client, taskQueue: string) => Promise<T>): Promise<T> {
  const taskQueue = randomUUID();
  const workflowsPath = require.resolve('../../workflows/experiments');
  return testWorker({ workflowsPath, activities, taskQueue: experimentsQueue(taskQueue) }, ({ client }) =>
    use(client, taskQueue),
  );
}

describe('experiment', () => {
  it('has the rows that a process alone has, over many parts and beyond one history', async () => {
    const plan = planFor({ policies: ['zeus', 'default'], eta: [0, 0.25, 0.5, 1], seeds: 2, recurrences: [5] });
    const input = { ...inputFor(plan, 4), cellsPerChunk: 1, chunksPerPart: 2 };
    expect(plan.cells).toHaveLength(48);
    const { rows, runs } = await withWorker(async (client, taskQueue) => {
      const played = await playOnWorkers(client, input, { taskQueue });
      const ids: string[] = [];
      for await (const { runId } of client.workflow.list({ query: `WorkflowId = "${input.id}"` })) ids.push(runId);
      return { rows: played, runs: ids };
    });
    expect(JSON.stringify(rows)).toBe(JSON.stringify(await playHere(plan)));
    expect(runs.length).toBeGreaterThan(1);
  }, 120_000);

  it('goes on after a cancellation, and plays no part a second time that was done', async () => {
    const plan = planFor({ policies: ['zeus'], jobs: ['sentiment140', 'squad'], eta: [0, 0.5, 1], seeds: 60 });
    const input = { ...inputFor(plan, 1), cellsPerChunk: 1, chunksPerPart: 2 };
    const { first, again, rows } = await withWorker(async (client, taskQueue) => {
      const partOne = client.workflow.getHandle(experimentPartId(input.id, 1));
      const cancelled = playOnWorkers(client, input, { taskQueue }).catch((error: unknown) => error);
      await until(async () => (await partOne.query(cellsDone)) === 1);
      await cancelExperiment(client, input.id);
      expect(await cancelled).toMatchObject({ remedy: 'unavailable', message: expect.stringMatching(/run it again/) });
      await expect(partOne.result()).rejects.toMatchObject({ cause: expect.any(CancelledFailure) });
      await expect(partOne.result()).rejects.toBeInstanceOf(WorkflowFailedError);

      const partZero = client.workflow.getHandle(experimentPartId(input.id, 0));
      const before = (await partZero.describe()).runId;
      const all = await playOnWorkers(client, input, { taskQueue });
      return { first: before, again: (await partZero.describe()).runId, rows: all };
    });
    expect(again).toBe(first);
    expect(JSON.stringify(rows)).toBe(JSON.stringify(await playHere(plan)));
  }, 120_000);

  it('fails with what is wrong, and not again and again', async () => {
    const plan = planFor({ jobs: ['squad'], seeds: 1, recurrences: [1] });
    const input = { ...inputFor(plan, 1), tracesDirectory: '/no/such/place' };
    await withWorker(async (client, taskQueue) => {
      await expect(playOnWorkers(client, input, { taskQueue })).rejects.toThrow(/no directory \/no\/such\/place/);
    });
  });
});

describe('playCells', () => {
  const input = inputFor(planFor({ jobs: ['squad'], seeds: 1, recurrences: [1] }), 1);
  const play = (changes: object) =>
    new MockActivityEnvironment().run(
      createExperimentActivities(host).playCells,
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

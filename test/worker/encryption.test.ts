import { Client, type WorkflowHandle } from '@temporalio/client';
import { ApplicationFailure, type DataConverter } from '@temporalio/common';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { temporal } from '@temporalio/proto';
import { randomUUID } from 'node:crypto';
import type { Trainer } from '../../activities/training/trainer';
import { JobClient } from '../../worker/client';
import { dataConverterFor } from '../../worker/encryption/dataConverter';
import { WattbanditPlugin } from '../../worker/plugin';
import type { JobSpec } from '../../workflows/contracts';
import { banditId, scheduleId } from '../../workflows/messages';
import { simulatedHardware } from '../support/bench';
import { testKeys } from '../support/encryption';
import { jobSpec } from '../support/job';
import { testClient, testWorker } from '../support/temporal';

/** What nobody who reads the server may find: a command, a failure in an activity, and one that ends a workflow. */
const canaries = ['canary-in-command', 'canary-in-failure', 'Cannot claim 2 GPUs'];
const keys = testKeys('k2', 'k1');

const command = ['python3', 'train.py', '--token', 'canary-in-command'];
const trainer = { kind: 'process', command } as const;

/** Plays recordings for whatever command it is told, and breaks at the second run. */
function breakingTrainer(simulated: Trainer): Trainer {
  let runs = 0;
  return {
    kind: 'process',
    async start({ spec, ...request }) {
      if (++runs === 2) throw ApplicationFailure.nonRetryable('canary-in-failure');
      return simulated.start({ ...request, spec: { ...spec, trainer: { kind: 'simulated', dataset: 'cifar100' } } });
    },
  };
}

/** A job with a run that trains, one that breaks, and a recurrence that fails. */
async function play(dataConverter: DataConverter, see: (seen: Seen) => Promise<void>): Promise<void> {
  const hardware = simulatedHardware();
  const plugins = [new WattbanditPlugin({ ...hardware, trainer: breakingTrainer(hardware.trainer) })];
  const workflowsPath = require.resolve('../../workflows');
  await testWorker({ plugins, dataConverter, workflowsPath }, async ({ taskQueue }) => {
    const plain = await testClient();
    const jobs = new JobClient(new Client({ connection: plain.connection, dataConverter }), { taskQueue });
    const spec = jobSpec({ job: `job-${randomUUID().slice(0, 8)}`, trainer });
    await jobs.create(spec, { paused: true });
    const runs = [];
    for (const hour of [0, 1]) {
      runs.push(await jobs.startRecurrence(spec, new Date(Date.UTC(2021, 6, 1, hour))));
      await runs.at(-1)!.result();
    }
    const greedy = await jobs.startRecurrence(
      { ...spec, gpus: { ...spec.gpus, count: 2 } },
      new Date(Date.UTC(2021, 6, 1, 2)),
    );
    await expect(greedy.result()).rejects.toMatchObject({
      cause: { cause: { message: expect.stringContaining('GPUs') } },
    });
    await see({ plain, jobs, spec, handles: [...runs, greedy] });
    await jobs.delete(spec.job);
  });
}

interface Seen {
  /** Without keys. */
  readonly plain: Client;
  readonly jobs: JobClient;
  readonly spec: JobSpec;
  readonly handles: readonly WorkflowHandle[];
}

/** Every byte that the server has of the job: histories, its Schedule, and the rows of the visibility store. */
async function bytesOnServer({ plain, spec: { job }, handles }: Seen): Promise<Buffer> {
  const ids = [...handles.map(({ workflowId }) => workflowId), banditId(job)];
  const histories = await Promise.all(ids.map((id) => plain.workflow.getHandle(id).fetchHistory()));
  const namespace = plain.options.namespace;
  const schedule = await plain.workflowService.describeSchedule({ namespace, scheduleId: scheduleId(job) });
  const listed = await plain.workflowService.listWorkflowExecutions({ namespace });
  const { DescribeScheduleResponse, ListWorkflowExecutionsResponse } = temporal.api.workflowservice.v1;
  return Buffer.concat([
    ...histories.map((history) => temporal.api.history.v1.History.encode(history).finish()),
    ...histories.map((history) => Buffer.from(historyToJSON(history))),
    DescribeScheduleResponse.encode(schedule).finish(),
    ListWorkflowExecutionsResponse.encode(listed).finish(),
  ]);
}

describe('dataConverterFor', () => {
  it('leaves on the server neither commands nor failures nor keys, and clients with keys read all of it', async () => {
    await play(await dataConverterFor(keys.config), async (seen) => {
      const bytes = await bytesOnServer(seen);
      const hidden = [
        ...canaries,
        ...keys.secrets,
        ...keys.secrets.map((key) => Buffer.from(key, 'base64')),
        'train.py',
      ];
      expect(hidden.filter((secret) => bytes.includes(secret))).toEqual([]);
      expect(bytes.includes('Encoded failure')).toBe(true);

      const { slots, totals } = await seen.jobs.ledger(seen.spec.job);
      expect(totals.slots).toMatchObject({ ran: 1, failed: 2 });
      expect(JSON.stringify(slots)).toContain('canary-in-failure');
      expect(JSON.stringify(slots)).toContain('Cannot claim 2 GPUs');
      expect((await seen.jobs.facts(seen.spec.job)).spec.trainer).toEqual(seen.spec.trainer);
      await expect(new JobClient(seen.plain).facts(seen.spec.job)).rejects.toThrow();
    });
  });

  it('without keys leaves all of that to be found, so the test above can find it', async () => {
    await play(await dataConverterFor(), async (seen) => {
      const bytes = await bytesOnServer(seen);
      expect(canaries.filter((secret) => bytes.includes(secret))).toEqual(canaries);
    });
  });

  it('leaves a workflow waiting while its worker lacks the key, and lets it go on when one has it', async () => {
    const [newer, older] = keys.config.keys;
    const lacking = await dataConverterFor({ keys: [older!] });
    const knowing = await dataConverterFor({ keys: [older!, newer!] });
    const plain = await testClient();
    const taskQueue = `test-${randomUUID()}`;
    const options = { taskQueue, workflowsPath: require.resolve('../../workflows') };
    const client = new Client({ connection: plain.connection, dataConverter: await dataConverterFor(keys.config) });
    const spec = jobSpec({ job: `job-${randomUUID().slice(0, 8)}` });
    const run = await new JobClient(client, { taskQueue }).startRecurrence(spec, new Date(Date.UTC(2021, 6, 1)));
    const hardware = simulatedHardware();
    await testWorker({ ...options, plugins: [new WattbanditPlugin(hardware)], dataConverter: lacking }, async () => {
      const tried = async () => (await plain.workflow.getHandle(run.workflowId).fetchHistory()).events ?? [];
      const failed = ({ workflowTaskFailedEventAttributes: failure }: temporal.api.history.v1.IHistoryEvent) =>
        failure != null;
      while (!(await tried()).some(failed)) continue;
    });
    await testWorker({ ...options, plugins: [new WattbanditPlugin(hardware)], dataConverter: knowing }, async () => {
      expect(await run.result()).toMatchObject({ job: spec.job, observation: { outcome: 'converged' } });
    });
  });
});

/** What Temporal's UI gets to show: current details, descriptions of messages, summaries, memo, search attributes. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { createSource } from '../../activities/carbon/sourceDescription';
import { type RecurrenceResult, scheduleId } from '../../workflows/messages';
import { type Bench, onBench, simulatedHardware } from '../support/bench';
import { jobSpec } from '../support/job';

interface Described {
  readonly name: string;
  readonly description?: string;
}
interface Metadata {
  readonly currentDetails: string;
  readonly definition: Readonly<
    Record<'queryDefinitions' | 'signalDefinitions' | 'updateDefinitions', readonly Described[]>
  >;
}

const metadata = (handle: WorkflowHandle) => handle.query<Metadata>('__temporal_workflow_metadata');

function undescribed({ definition }: Metadata): readonly string[] {
  const all = [...definition.queryDefinitions, ...definition.signalDefinitions, ...definition.updateDefinitions];
  expect(all.length).toBeGreaterThan(2);
  return all.filter(({ name, description }) => !name.startsWith('__') && !description).map(({ name }) => name);
}

const onShow = (test: (bench: Bench) => Promise<void>) =>
  onBench({ ...simulatedHardware(), overrides: { allowUnsigned: true } }, test);

async function foundBy({ client }: Bench, query: string): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query })) found.push(workflowId);
  return found;
}

describe('a job in Temporal’s UI', () => {
  it('shows its choice, its overrides and its last decisions, and describes every message', async () => {
    await onShow(async (bench) => {
      const { jobs, job, bandit } = bench;
      await jobs.create(jobSpec({ job, batchSizes: [256, 512, 1024] }), { paused: true });
      expect((await metadata(bandit())).currentDetails).toContain('Nothing was decided yet.');
      await jobs.setOverride(job, { order: { kind: 'eta', eta: 0.25 }, reason: 'INC-1', who: 'ann' });
      const run = await jobs.startRecurrence(jobSpec({ job, batchSizes: [256, 512, 1024] }), new Date('2021-07-01'));
      await run.result();
      const shown = await metadata(bandit());
      expect(shown.currentDetails).toMatch(/^- η 0.25, until it is cleared, by ann \*\*UNSIGNED\*\*: INC-1$/m);
      expect(shown.currentDetails).toMatch(
        /^- 2021-07-01T00:00:00Z: batch size 1024, \d+ W, η 0.25, first: \*\*converged\*\*$/m,
      );
      expect(undescribed(shown)).toEqual([]);
      const recurrence = await metadata(run);
      expect(recurrence.currentDetails).toMatch(/^\*\*converged:\*\* batch size 1024 at \d+ W/);
      expect(undescribed(recurrence)).toEqual([]);
      expect((await bandit().describe()).memo).toEqual({ job });
      await jobs.delete(job);
    });
  });

  it('is found by job, GPU model and outcome', async () => {
    await onShow(async (bench) => {
      const { jobs, job } = bench;
      const run = await jobs.startRecurrence(jobSpec({ job }), new Date('2021-07-01'));
      const { observation } = (await run.result()) as RecurrenceResult;
      const { gpuModel, outcome } = observation;
      const query = `WattbanditJob = "${job}" AND WattbanditGpuModel = "${gpuModel}" AND WattbanditOutcome = "${outcome}"`;
      const giveUpAt = Date.now() + 20_000;
      while ((await foundBy(bench, query)).length === 0 && Date.now() < giveUpAt) await sleep(100);
      expect(await foundBy(bench, query)).toEqual([run.workflowId]);
    });
  });

  it('is found by the zone of the grid that it followed', async () => {
    const zone = `Z${randomUUID().slice(0, 8)}`;
    const grid = createSource({ provider: 'constant', kind: 'average', zone, gramsPerKwh: 400 });
    await onBench({ ...simulatedHardware(), grid, gridTime: 'slot' }, async (bench) => {
      const run = await bench.jobs.startRecurrence(jobSpec({ job: bench.job, carbon: {} }), new Date('2021-07-01'));
      await run.result();
      const query = `WattbanditCarbonZone = "${zone}"`;
      while ((await foundBy(bench, query)).length === 0) await sleep(100);
      expect(await foundBy(bench, query)).toEqual([run.workflowId]);
    });
  });

  it('sets search attributes from its next recurrence on, once it is created again where there are some', async () => {
    await onShow(async (bench) => {
      const { client, jobs, job } = bench;
      const spec = jobSpec({ job });
      await jobs.create(spec, { paused: true });
      const schedule = client.schedule.getHandle(scheduleId(job));
      // As a namespace without them has it.
      await schedule.update(({ action, ...previous }) => ({
        ...previous,
        action: { ...action, args: [{ spec }], typedSearchAttributes: undefined },
      }));
      expect(await jobs.create(spec)).toBe('unchanged');
      await jobs.trigger(job);
      const query = `WattbanditJob = "${job}" AND WattbanditOutcome = "converged"`;
      while ((await foundBy(bench, query)).length === 0) await sleep(100);
      const { state, action } = await schedule.describe();
      expect(state.paused).toBe(true);
      expect(action.args).toEqual([{ spec, searchAttributes: true }]);
      await jobs.delete(job);
    });
  });

  it('sets no search attribute unless whoever started it knew that there are any', async () => {
    await onShow(async ({ client, taskQueue, job }) => {
      const args = [{ spec: jobSpec({ job }), slot: '2021-07-01T00:00:00Z' }];
      const run = await client.workflow.start('recurrence', { workflowId: `${job}-plain`, taskQueue, args });
      await run.result();
      const { events } = await run.fetchHistory();
      expect(events?.some((event) => event.upsertWorkflowSearchAttributesEventAttributes)).toBe(false);
    });
  });
});

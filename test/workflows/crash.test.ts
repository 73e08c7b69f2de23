import { randomUUID } from 'node:crypto';
import { Worker } from '@temporalio/worker';
import { createRandom, seedFor } from '../../policy/random';
import { JobClient } from '../../worker/client';
import { type RecurrenceResult, banditId } from '../../workflows/messages';
import { jobSpec } from '../support/job';
import { kill, startMortalWorker } from '../support/mortals';
import { testBundle, testClient } from '../support/temporal';

const sleep = (ms: number) => new Promise<void>((wake) => setTimeout(wake, ms));
const hour = (n: number) => new Date(Date.UTC(2021, 6, 1, n));
const recurrences = 12;
const kills = 5;

describe('workers that are killed again and again', () => {
  it('lose no slot and count nothing twice: a dozen recurrences, five kills', async () => {
    const job = `mortal-${randomUUID().slice(0, 8)}`;
    const client = await testClient();
    const jobs = new JobClient(client, { taskQueue: job });
    const random = createRandom(seedFor('kills'));
    const spec = jobSpec({ job, batchSizes: [256, 512, 1024] });

    let worker = await startMortalWorker(job);
    const runs = (async () => {
      const results: RecurrenceResult[] = [];
      const handles = [];
      for (let n = 0; n < recurrences; n++) {
        handles.push(await jobs.startRecurrence(spec, hour(n)));
        await sleep(500);
      }
      for (const handle of handles) results.push(await handle.result());
      return results;
    })();
    for (let n = 0; n < kills; n++) {
      await sleep(400 + 1000 * random.uniform());
      await kill(worker);
      worker = await startMortalWorker(job);
    }
    const results = await runs;

    expect(results).toHaveLength(recurrences);
    const { slots, totals } = await jobs.ledger(job);
    expect(slots.map(({ state }) => state.kind)).toEqual(
      Array.from({ length: recurrences }, () => expect.stringMatching(/ran|failed/)),
    );
    for (const { slot, attempts } of slots) {
      expect(attempts.map(({ decision }) => decision.id)).toEqual(attempts.map((_, i) => `${slot}/${i + 1}`));
      expect(attempts.every(({ observation }) => observation !== undefined)).toBe(true);
    }
    const told = slots.flatMap(({ attempts }) => attempts.flatMap(({ observation }) => observation ?? []));
    expect(totals.told).toBe(totals.counted + totals.quarantined);
    expect(totals).toMatchObject({ decisions: told.length, told: told.length, quarantined: 0, expired: 0 });
    expect(totals.joules).toBeCloseTo(
      told.reduce((sum, { joules }) => sum + joules, 0),
      3,
    );
    for (const { slot, observation } of results) {
      const kept = slots.find((each) => each.slot === slot)?.attempts.at(-1)?.observation;
      expect(kept).toMatchObject({ id: observation.id, joules: observation.joules });
    }

    let replayed = 0;
    for await (const { runId } of client.workflow.list({ query: `WorkflowId = "${banditId(job)}"` })) {
      const history = await client.workflow.getHandle(banditId(job), runId).fetchHistory();
      await Worker.runReplayHistory({ workflowBundle: testBundle() }, history, banditId(job));
      replayed += 1;
    }
    expect(replayed).toBeGreaterThan(0);
  }, 120_000);
});

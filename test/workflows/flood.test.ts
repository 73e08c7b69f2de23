import { WithStartWorkflowOperation } from '@temporalio/client';
import type { Observation } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import {
  type AskRequest,
  type TellAnswer,
  ask,
  askId,
  banditId,
  banditWorkflow,
  ledger,
  slotAt,
  tell,
} from '../../workflows/messages';
import { type Bench, onBench } from '../support/bench';
import { jobSpec, observation } from '../support/job';

const runs = 300;
const slot = (n: number) => slotAt(new Date(Date.UTC(2021, 6, 1, n)));
const gpus = { model: 'V100', count: 1, powerLimitsWatts: [100, 250] };

/** A fixed order that is not the given one. */
const shuffled = <T>(items: readonly T[]): T[] =>
  items.map((item, i) => ({ item, key: (i * 7919) % 1009 })).sort((a, b) => a.key - b.key).map(({ item }) => item); // prettier-ignore

/** Works through all items, eight at a time: an ordinary server lets ten updates into a workflow at once. */
async function flood<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const client = async () => {
    for (const [i, item] of queue) results[i] = await work(item);
  };
  await Promise.all(Array.from({ length: 8 }, client));
  return results;
}

const askOf = (n: number): AskRequest => ({ id: askId(slot(n), 1), slot: slot(n), attempt: 1, gpus });

const toldOf = ({ id, batchSize }: Decision, n: number): Observation =>
  observation({ id, slot: slot(n), batchSize, epochs: 10 + (n % 5), joules: 1000 });

async function generations({ client, job }: Bench): Promise<number> {
  let count = 0;
  for await (const _ of client.workflow.list({ query: `WorkflowId = "${banditId(job)}"` })) count += 1;
  return count;
}

describe('bandit under a flood of messages', () => {
  it('loses none and counts each once, through continue-as-new: 300 runs, every message twice, 100 of nobody', async () => {
    await onBench({}, async (bench) => {
      const { client, taskQueue, job } = bench;
      const send = (request: AskRequest): Promise<Decision> =>
        client.workflow.executeUpdateWithStart(ask, {
          updateId: `ask ${request.id}`,
          args: [request],
          startWorkflowOperation: new WithStartWorkflowOperation(banditWorkflow, {
            workflowId: banditId(job),
            taskQueue,
            workflowIdConflictPolicy: 'USE_EXISTING',
            args: [{ spec: jobSpec({ job }), since: [] }],
          }),
        });
      const numbers = Array.from({ length: runs }, (_, n) => n);
      const requests = numbers.map(askOf);
      const decisions = await flood(requests, send);
      const again = await flood(shuffled(requests.slice(0, 50)), send);
      const byId = new Map(decisions.map((decision) => [decision.id, decision]));
      for (const decision of again) expect(decision).toEqual(byId.get(decision.id));

      const known = numbers.map((n) => toldOf(decisions[n]!, n));
      const unknown = numbers
        .slice(0, 100)
        .map((n) => toldOf({ ...decisions[n]!, id: askId(slot(n + 5000), 1) }, n + 5000));
      // A run that is told again long after its slot left the ledger is unknown by then: not counted again, that is all.
      const deliveries = shuffled([...known, ...known, ...unknown]);
      const answers: TellAnswer[] = await flood(deliveries, (each) =>
        bench.bandit().executeUpdate(tell, { args: [each] }),
      );
      const counted = known.filter((_, n) => answers.some(({ counted: yes }, i) => yes && deliveries[i] === known[n]));
      expect(counted).toHaveLength(runs);
      const { totals } = await bench.bandit().query(ledger);
      expect(totals).toMatchObject({
        decisions: runs,
        told: totals.counted + totals.quarantined,
        counted: runs,
        joules: runs * 1000,
      });
      expect(totals.slots).toMatchObject({ ran: runs, failed: 0 });
      expect(totals.quarantined).toBeGreaterThanOrEqual(100);
      expect(await generations(bench)).toBeGreaterThan(3);
    });
  });
});

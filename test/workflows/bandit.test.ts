import type { WorkflowHandle } from '@temporalio/client';
import type { Observation } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import type { JobSpecInput } from '../../workflows/contracts';
import {
  type AskRequest,
  type Facts,
  type Ledger,
  ask,
  askId,
  banditId,
  banditWorkflow,
  facts,
  ledger,
  retire,
  slotAt,
  tell,
} from '../../workflows/messages';
import { type Bench, onBench } from '../support/bench';
import { jobSpec, observation } from '../support/job';

const hour = (n: number) => slotAt(new Date(Date.UTC(2021, 6, 1, n)));
const gpus = { model: 'V100', count: 1, powerLimitsWatts: [100, 125, 150, 175, 200, 225, 250] };

function askOf(n: number, attempt = 1): AskRequest {
  return { id: askId(hour(n), attempt), slot: hour(n), attempt, gpus };
}

/** A run of `decision` that converged; a larger batch takes more epochs, and every limit was profiled. */
function converged(decision: Decision, n: number): Observation {
  const { batchSize, id } = decision;
  const epochs = Math.ceil(20 + batchSize / 64);
  const measurements = gpus.powerLimitsWatts.map((powerLimitWatts) => ({
    batchSize,
    powerLimitWatts,
    secondsPerEpoch: (10 + 2000 / batchSize) * Math.max(1, 180 / powerLimitWatts),
    averageWatts: Math.min(powerLimitWatts, 170),
    source: 'profile' as const,
  }));
  const { secondsPerEpoch, averageWatts } = measurements[3]!;
  const seconds = epochs * secondsPerEpoch;
  return observation({ id, slot: hour(n), batchSize, epochs, seconds, joules: seconds * averageWatts, measurements });
}

async function startBandit(
  { client, taskQueue, job }: Bench,
  changes: Partial<JobSpecInput> = {},
): Promise<WorkflowHandle> {
  const spec = jobSpec({ job, ...changes });
  return client.workflow.start(banditWorkflow, { workflowId: banditId(job), taskQueue, args: [{ spec, since: [] }] });
}

const onBandit = (test: (bandit: WorkflowHandle, bench: Bench) => Promise<void>, changes?: Partial<JobSpecInput>) =>
  onBench({}, async (bench) => {
    const bandit = await startBandit(bench, changes);
    await test(bench.client.workflow.getHandle(bandit.workflowId), bench);
  });

describe('bandit', () => {
  it('gives the same answer to an ask that is repeated, under another update id too', async () => {
    await onBandit(async (bandit) => {
      const first = await bandit.executeUpdate(ask, { args: [askOf(0)], updateId: 'a' });
      const again = await bandit.executeUpdate(ask, { args: [askOf(0)], updateId: 'b' });
      expect(again).toEqual(first);
      const { totals } = await bandit.query(ledger);
      expect(totals.decisions).toBe(1);
    });
  });

  it('counts an observation once however often it is told, and answers the same', async () => {
    await onBandit(async (bandit) => {
      const told = converged(await bandit.executeUpdate(ask, { args: [askOf(0)] }), 0);
      const answers = [];
      for (let i = 0; i < 3; i++) answers.push(await bandit.executeUpdate(tell, { args: [told] }));
      expect(answers).toEqual(Array.from({ length: 3 }, () => ({ counted: true, retry: false })));
      const { totals } = await bandit.query(ledger);
      expect(totals).toMatchObject({ told: 1, counted: 1 });
      expect((await bandit.query(facts)).since).toHaveLength(1);
    });
  });

  it('quarantines what cannot be true, says why, and learns nothing from it', async () => {
    await onBandit(async (bandit) => {
      const told = converged(await bandit.executeUpdate(ask, { args: [askOf(0)] }), 0);
      const answer = await bandit.executeUpdate(tell, { args: [{ ...told, joules: Number.NaN }] });
      expect(answer).toEqual({
        counted: false,
        quarantinedBecause: 'joules is null, must be a number from 0 to 1000000000000000',
        retry: false,
      });
      const unknown = await bandit.executeUpdate(tell, { args: [{ ...told, id: askId(hour(9), 1), slot: hour(9) }] });
      expect(unknown.quarantinedBecause).toBe(`no decision ${askId(hour(9), 1)} is known`);
      const { totals } = await bandit.query(ledger);
      expect(totals).toMatchObject({ told: 2, counted: 0, quarantined: 2 });
      expect((await bandit.query(facts)).since).toHaveLength(0);
    });
  });

  it('rejects a message without an id before it reaches history', async () => {
    await onBandit(async (bandit) => {
      await expect(bandit.executeUpdate('tell', { args: [{}] })).rejects.toMatchObject({
        cause: { message: expect.stringContaining('slot must be an instant') },
      });
      await expect(bandit.executeUpdate('ask', { args: [{ id: 'x', slot: 'noon', attempt: 1 }] })).rejects.toThrow();
      const events = (await bandit.fetchHistory()).events ?? [];
      expect(events.some(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) => accepted)).toBe(false);
    });
  });

  it('lives on after messages of any shape', async () => {
    await onBandit(async (bandit) => {
      const decision = await bandit.executeUpdate(ask, { args: [askOf(0)] });
      const sound = converged(decision, 0);
      for (const message of [
        null,
        [],
        'tell',
        { ...sound, measurements: [null] },
        { ...sound, outcome: 'exploded' },
        { ...sound, measurements: Array.from({ length: 10_000 }, () => sound.measurements[0]) },
      ]) {
        await expect(bandit.executeUpdate('tell', { args: [message] })).rejects.toThrow();
        await expect(bandit.executeUpdate('ask', { args: [message] })).rejects.toThrow();
      }
      const hostile = { toString: 1, valueOf: 1 };
      const answer = await bandit.executeUpdate('tell', { args: [{ ...sound, joules: hostile }] });
      expect(answer).toMatchObject({ counted: false, quarantinedBecause: expect.stringContaining('joules is {') });
      expect((await bandit.executeUpdate(ask, { args: [askOf(1)] })).batchSize).toBeGreaterThan(0);
    });
  });

  it('answers without the table behind a decision, which is in the ledger', async () => {
    await onBandit(async (bandit) => {
      await bandit.executeUpdate(tell, { args: [converged(await bandit.executeUpdate(ask, { args: [askOf(0)] }), 0)] });
      expect((await bandit.executeUpdate(ask, { args: [askOf(1)] })).considered).toEqual([]);
      const { slots } = await bandit.query(ledger);
      expect(slots[1]!.attempts[0]!.decision.considered.length).toBeGreaterThan(1);
    });
  });

  it('knows what is in flight when asks overlap, and tries at most one unproven size at a time', async () => {
    await onBandit(async (bandit) => {
      await bandit.executeUpdate(tell, { args: [converged(await bandit.executeUpdate(ask, { args: [askOf(0)] }), 0)] });
      const decisions = await Promise.all([1, 2, 3, 4].map((n) => bandit.executeUpdate(ask, { args: [askOf(n)] })));
      expect(decisions.filter(({ mode }) => mode === 'explore').length).toBeLessThanOrEqual(1);
      const { slots } = await bandit.query(ledger);
      expect(slots.filter(({ state }) => state.kind === 'open')).toHaveLength(4);
    });
  });

  it('is not stuck by an ask that is never told: its lease ends', async () => {
    await onBandit(
      async (bandit, { jobs, job }) => {
        await bandit.executeUpdate(ask, { args: [askOf(0)] });
        await new Promise((resolve) => setTimeout(resolve, 1_100));
        const { slots, totals } = await jobs.ledger(job);
        expect(slots[0]!.state).toMatchObject({ kind: 'failed', failure: 'infrastructure' });
        expect(totals.expired).toBe(1);
        const next = await bandit.executeUpdate(ask, { args: [askOf(1)] });
        const late = await bandit.executeUpdate(tell, { args: [converged({ ...next, id: askId(hour(0), 1) }, 0)] });
        expect(late.counted).toBe(true);
        const after: Ledger = await bandit.query(ledger);
        expect(after.slots[0]!.state).toEqual({ kind: 'ran' });
      },
      { lease: 1 },
    );
  });

  it('notes the slots that the schedule skipped', async () => {
    await onBandit(async (bandit) => {
      await bandit.executeUpdate(tell, { args: [converged(await bandit.executeUpdate(ask, { args: [askOf(0)] }), 0)] });
      await bandit.executeUpdate(ask, { args: [askOf(3)] });
      const { slots } = await bandit.query(ledger);
      expect(slots.map(({ state }) => state.kind)).toEqual(['ran', 'skipped', 'skipped', 'open']);
    });
  });

  it('loses nothing when it continues as new, and decides as if it had not', async () => {
    const decisionsOf = async (bench: Bench): Promise<{ sizes: number[]; runs: number; known: Facts; log: Ledger }> => {
      await startBandit(bench);
      const bandit = bench.bandit();
      const sizes: number[] = [];
      for (let n = 0; n < 40; n++) {
        const decision = await bandit.executeUpdate(ask, { args: [askOf(n)] });
        sizes.push(decision.batchSize);
        await bandit.executeUpdate(tell, { args: [converged(decision, n)] });
      }
      const runs = new Set<string>();
      for await (const each of bench.client.workflow.list({ query: `WorkflowId = "${banditId(bench.job)}"` }))
        runs.add(each.runId);
      return { sizes, runs: runs.size, known: await bandit.query(facts), log: await bandit.query(ledger) };
    };
    await onBench({}, async (bench) => {
      const { sizes, runs, known, log } = await decisionsOf(bench);
      expect(runs).toBeGreaterThan(1);
      expect(log.slots).toHaveLength(40);
      expect(log.totals).toMatchObject({ decisions: 40, told: 40, counted: 40 });
      expect(log.slots.map(({ attempts }) => attempts[0]!.decision.batchSize)).toEqual(sizes);
      expect(known.memory).toBeDefined();
      expect(known.since.length).toBeLessThan(40);
      const late = await bench
        .bandit()
        .executeUpdate(tell, { args: [converged({ ...log.slots[0]!.attempts[0]!.decision }, 0)] });
      expect(late.counted).toBe(true);
      expect((await bench.bandit().query(ledger)).totals.told).toBe(40);
    });
  });

  it('costs at most 14 events and 12 kB of history a recurrence, with 17 sizes and 9 limits too', async () => {
    const batchSizes = Array.from({ length: 17 }, (_, i) => 8 + 24 * i);
    const many = { ...gpus, powerLimitsWatts: Array.from({ length: 9 }, (_, i) => 100 + 25 * i) };
    await onBandit(
      async (bandit) => {
        const recurrences = 15;
        for (let n = 0; n < recurrences; n++) {
          const decision = await bandit.executeUpdate(ask, { args: [{ ...askOf(n), gpus: many }] });
          const run = converged(decision, n);
          const at = run.measurements[0]!;
          const profile = many.powerLimitsWatts.map((powerLimitWatts) => ({ ...at, powerLimitWatts }));
          const probes = batchSizes.slice(0, 8).map((batchSize) => ({ ...at, batchSize, source: 'probe' as const }));
          await bandit.executeUpdate(tell, { args: [{ ...run, measurements: [...profile, ...probes] }] });
        }
        const description = await bandit.describe();
        expect(description.historyLength / recurrences).toBeLessThanOrEqual(14);
        expect((description.historySize ?? Infinity) / recurrences).toBeLessThanOrEqual(12_000);
      },
      { batchSizes, defaultBatchSize: 200 },
    );
  });

  it('ends when it is retired', async () => {
    await onBandit(async (bandit) => {
      await bandit.signal(retire);
      await expect(bandit.result()).resolves.toMatchObject({ totals: { decisions: 0 } });
    });
  });
});

/** Operators' orders on a real server: who is believed, what they do to decisions and to a run that trains, and when they end. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { holdInMemory } from '../../activities/gpu/hold';
import type { OverrideRules } from '../../activities/verifyOverride';
import type { Order } from '../../policy/override';
import type { Decision } from '../../policy/policy';
import { type OverrideRequest, clearOverride, override, overrides, setOverride } from '../../workflows/messages';
import { type Bench, onBench, simulatedHardware } from '../support/bench';
import { jobSpec } from '../support/job';
import { createSigner, keySetFile, overrideClaims } from '../support/tokens';
import { createFeelingHardware } from '../support/waves';

const hour = (n: number) => new Date(Date.UTC(2021, 6, 1, n));
const anybody: OverrideRules = { allowUnsigned: true };
const because = (order: Order, more: Partial<OverrideRequest> = {}): OverrideRequest => ({
  order,
  reason: 'INC-1',
  who: 'night shift',
  ...more,
});

async function decided({ jobs, job }: Bench, n: number): Promise<Decision> {
  await (await jobs.startRecurrence(jobSpec({ job, batchSizes: [256, 512, 1024] }), hour(n))).result();
  const { slots } = await jobs.ledger(job);
  return slots.at(-1)!.attempts[0]!.decision;
}

const onOrders = (rules: OverrideRules, test: (bench: Bench) => Promise<void>) =>
  onBench({ ...simulatedHardware(), overrides: rules }, test);

describe('an override', () => {
  it('pins, bans, bounds and weighs the next decisions, by update or by signal, until it is cleared', async () => {
    await onOrders(anybody, async (bench) => {
      await decided(bench, 0);
      const bandit = bench.bandit();
      const pinned = await bandit.executeUpdate(setOverride, {
        args: [because({ kind: 'pinBatchSize', batchSize: 256 })],
      });
      expect(pinned).toMatchObject({ kind: 'applied', override: { who: 'night shift', signed: false } });
      expect(await decided(bench, 1)).toMatchObject({ batchSize: 256, mode: 'pinned' });

      await bandit.signal(override, because({ kind: 'pinPowerLimit', powerLimitWatts: 160 }));
      expect(await decided(bench, 2)).toMatchObject({ batchSize: 256, powerLimitWatts: 150 });

      const cleared = await bandit.executeUpdate(clearOverride, { args: [{ reason: 'over' }] });
      expect(cleared).toHaveLength(2);
      await bandit.executeUpdate(setOverride, { args: [because({ kind: 'banBatchSize', batchSize: 1024 })] });
      await bandit.executeUpdate(setOverride, { args: [because({ kind: 'eta', eta: 0 })] });
      const free = await decided(bench, 3);
      expect(free.batchSize).not.toBe(1024);
      expect(free.objective.eta).toBe(0);
      expect(free.overrides).toHaveLength(2);
      expect((await bandit.query(overrides)).counts).toEqual({ applied: 4, known: 0, refused: 0, cleared: 2 });
    });
  });

  it('stops tuning, freezes what was last, and resumes', async () => {
    await onOrders(anybody, async (bench) => {
      const order = async (kind: 'pauseTuning' | 'freeze' | 'resume') =>
        bench.bandit().executeUpdate(setOverride, { args: [because({ kind })] });
      await decided(bench, 0);
      await decided(bench, 1);
      await order('freeze');
      const last = (await bench.jobs.ledger(bench.job)).slots.at(-1)!.attempts.at(-1)!.observation!;
      const frozen = await decided(bench, 2);
      expect(frozen).toMatchObject({ batchSize: last.batchSize, powerLimitWatts: last.powerLimitWatts, probes: null });
      await order('resume');
      await order('pauseTuning');
      expect(await decided(bench, 3)).toMatchObject({ batchSize: 1024, powerLimitWatts: 250 });
      await order('resume');
      expect((await bench.bandit().query(overrides)).overrides).toEqual([]);
    });
  });

  it('ends by itself', async () => {
    await onOrders(anybody, async (bench) => {
      await decided(bench, 0);
      const order = because({ kind: 'pinBatchSize', batchSize: 512 }, { seconds: 2 });
      await bench.bandit().executeUpdate(setOverride, { args: [order] });
      expect(await decided(bench, 1)).toMatchObject({ batchSize: 512, mode: 'pinned' });
      await sleep(2500);
      expect((await decided(bench, 2)).mode).not.toBe('pinned');
    });
  });

  it('counts once, however often it is told under its id', async () => {
    await onOrders(anybody, async (bench) => {
      await decided(bench, 0);
      const order = because({ kind: 'eta', eta: 0.2 }, { id: 'one' });
      for (let n = 0; n < 3; n++) await bench.bandit().signal(override, order);
      const answer = await bench.bandit().executeUpdate(setOverride, { args: [order] });
      expect(answer).toEqual({ kind: 'known', id: 'one' });
      expect((await bench.bandit().query(overrides)).counts).toMatchObject({ applied: 1, known: 3 });
    });
  });

  it('is refused before it reaches history where it makes no sense, and noted where it came as a signal', async () => {
    await onOrders(anybody, async (bench) => {
      await decided(bench, 0);
      const tell = (order: object) =>
        bench
          .bandit()
          .executeUpdate(setOverride, { args: [because(order as Order)] })
          .catch((error: Error) => error);
      for (const [order, why] of [
        [{ kind: 'eta', eta: 2 }, 'eta must be from 0'],
        [{ kind: 'pinBatchSize', batchSize: 7 }, 'batchSize must be one of 256, 512, 1024'],
        [{ kind: 'sudo' }, 'order.kind must be one of'],
        [{ kind: 'eta', eta: 0.1, batchSize: 256 }, 'order.batchSize means nothing to eta'],
      ] as const) {
        const failed = await tell(order);
        expect(failed).toBeInstanceOf(WorkflowUpdateFailedError);
        expect(String((failed as WorkflowUpdateFailedError).cause)).toContain(why);
      }
      await bench.bandit().signal(override, because({ kind: 'sudo' } as unknown as Order));
      await decided(bench, 1);
      const { counts, refused } = await bench.bandit().query(overrides);
      expect(counts).toMatchObject({ applied: 0, refused: 1 });
      expect(refused[0]!.why).toContain('order.kind must be one of');
    });
  });
});

describe('whoever overrides', () => {
  it('is believed unsigned only where the worker says so', async () => {
    await onOrders({}, async (bench) => {
      await decided(bench, 0);
      const refused = bench.bandit().executeUpdate(setOverride, { args: [because({ kind: 'eta', eta: 0.9 })] });
      await expect(refused).rejects.toBeInstanceOf(WorkflowUpdateFailedError);
      await bench.bandit().signal(override, because({ kind: 'eta', eta: 0.9 }));
      expect((await decided(bench, 1)).objective.eta).toBe(0.5);
      const { refused: noted, counts } = await bench.bandit().query(overrides);
      expect(counts).toMatchObject({ applied: 0, refused: 2 });
      expect(noted[0]).toMatchObject({ order: 'eta', who: 'night shift', why: expect.stringContaining('not signed') });
    });
  });

  it('proves by a token who he is; it works once, for its job, its order and its role', async () => {
    const signer = await createSigner('ES256', 'k1');
    const nowSeconds = Math.floor(Date.now() / 1000);
    const sign = (claims: object) => {
      const times = { iat: nowSeconds, exp: nowSeconds + 600, jti: randomUUID() };
      return signer.sign(overrideClaims({ ...times, ...claims }));
    };
    await onOrders({ tokens: { jwks: { file: keySetFile(signer) } } }, async (bench) => {
      await decided(bench, 0);
      const { job } = bench;
      const bandit = bench.bandit();
      const eta: Order = { kind: 'eta', eta: 0.9 };
      const token = await sign({ job, kind: 'eta', value: { eta: 0.9 }, role: 'operator', sub: 'ann' });
      const told = await bandit.executeUpdate(setOverride, { args: [because(eta, { token })] });
      expect(told).toMatchObject({ kind: 'applied', override: { who: 'ann', signed: true } });

      const refusals = [
        [because(eta, { token }), 'used before'],
        [
          because({ kind: 'eta', eta: 0.1 }, { token: await sign({ job, kind: 'eta', value: { eta: 0.9 } }) }),
          'another value',
        ],
        [because(eta, { token: await sign({ job: 'other', kind: 'eta', value: { eta: 0.9 } }) }), 'another job'],
        [
          because(
            { kind: 'powerBound', powerLimitWatts: 150 },
            { token: await sign({ job, kind: 'powerBound', value: { powerLimitWatts: 150 }, role: 'operator' }) },
          ),
          'role may not',
        ],
      ] as const;
      for (const [request, why] of refusals) {
        const failed = await bandit.executeUpdate(setOverride, { args: [request] }).catch((error: Error) => error);
        expect(String((failed as WorkflowUpdateFailedError).cause)).toContain(why);
      }
      const book = await bandit.query(overrides);
      expect(book.counts).toEqual({ applied: 1, known: 0, refused: 4, cleared: 0 });
      expect(JSON.stringify(book)).not.toContain(token);

      const clear = { reason: 'over', token: await sign({ job, kind: 'resume', value: {} }) };
      expect(await bandit.executeUpdate(clearOverride, { args: [clear] })).toHaveLength(1);
      const again = await bandit.executeUpdate(clearOverride, { args: [clear] }).catch((error: Error) => error);
      expect(String((again as WorkflowUpdateFailedError).cause)).toContain('used before');
    });
  });
});

describe('a run under way', () => {
  it('obeys within two seconds, also when the order ends', async () => {
    const { gpus, trainer } = createFeelingHardware(40);
    const hardware = { gpus, trainer, holder: holdInMemory(gpus), host: 'felt', overrides: anybody };
    await onBench(hardware, async ({ jobs, job, bandit }) => {
      const spec = jobSpec({
        job,
        batchSizes: [64],
        defaultBatchSize: 64,
        maxEpochs: 60,
        target: { metric: 'accuracy', value: 1 },
      });
      const handle = await jobs.startRecurrence(spec, hour(0));
      const limit = () => gpus.powerLimitWatts('SIM-felt-0');
      const becomes = async (watts: number) => {
        const began = Date.now();
        while ((await limit()) !== watts && Date.now() - began < 10_000) await sleep(20);
        expect(await limit()).toBe(watts);
      };
      // η 0.5 takes 150 W of these three.
      await becomes(150);
      await sleep(1000);
      const order = async (what: Order, more: Partial<OverrideRequest> = {}) =>
        bandit().executeUpdate(setOverride, { args: [because(what, more)] });
      await order({ kind: 'eta', eta: 1 });
      await becomes(100);
      await order({ kind: 'pinPowerLimit', powerLimitWatts: 200 }, { seconds: 3 });
      await becomes(200);
      // Nobody restarts anything: it ends, and η 1 counts again.
      await becomes(100);
      await order({ kind: 'pauseTuning' });
      await becomes(200);
      await handle.cancel();
      await handle.result().catch(() => {});
      expect(await limit()).toBe(200);
    });
  });
});

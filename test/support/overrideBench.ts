/** How fast the operator's word gets from an update to the limits of many runs under way, and whether any of a flood is lost. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { holdInMemory } from '../../activities/gpu/hold';
import { createSimulatedGpus } from '../../activities/gpu/simulated';
import type { Trainer } from '../../activities/training/trainer';
import { type OverrideRules, createVerifyActivities } from '../../activities/verifyOverride';
import { JobClient } from '../../worker/client';
import { WattbanditPlugin } from '../../worker/plugin';
import { type OverrideRequest, banditId, override, overrides, setOverride } from '../../workflows/messages';
import { judge } from './bareUpdate';
import { decodedPayloads } from './decodedPayloads';
import { jobSpec } from './job';

const limitsWatts = [100, 150, 200];

export interface OverrideBench {
  readonly client: Client;
  readonly connection: NativeConnection;
  readonly say: (text: string) => void;
}

/** Trains for ever, a report a second. */
const endless: Trainer = {
  kind: 'simulated',
  async start() {
    const began = performance.now() / 1000;
    return {
      beganAtSeconds: began,
      async next() {
        await sleep(1000);
        const atSeconds = performance.now() / 1000 - began;
        return { kind: 'progress', epochs: atSeconds / 100, atSeconds };
      },
      stop: async () => {},
    };
  },
};

export async function measureOverrides({ client, connection, say }: OverrideBench, open = 100, orders = 30) {
  const taskQueue = `overrides-${randomUUID().slice(0, 8)}`;
  const gpus = createSimulatedGpus({ model: 'sim', count: open, powerLimitsWatts: limitsWatts, drawWatts: 150 });
  const uuids = (await gpus.list()).map(({ uuid }) => uuid);
  const setAt = new Map<string, { watts: number; atMs: number }>();
  const watched = {
    ...gpus,
    async setPowerLimit(uuid: string, watts: number) {
      await gpus.setPowerLimit(uuid, watts);
      setAt.set(uuid, { watts, atMs: performance.now() });
    },
  };
  const hardware = { gpus: watched, trainer: endless, holder: holdInMemory(watched), host: taskQueue };
  const plugins = [new WattbanditPlugin({ ...hardware, overrides: { allowUnsigned: true } })];
  const worker = await Worker.create({ connection, taskQueue, plugins, maxConcurrentActivityTaskExecutions: 200 });
  const jobs = new JobClient(client, { taskQueue });
  const spec = jobSpec({ job: taskQueue, batchSizes: [64], defaultBatchSize: 64, heartbeatTimeout: '60s' });
  return worker.runUntil(async () => {
    const handles = await Promise.all(
      uuids.map((_, n) => jobs.startRecurrence(spec, new Date(Date.UTC(2021, 0, 1, n)))),
    );
    const bandit = client.workflow.getHandle(banditId(taskQueue));
    const are = async (watts: number) => {
      for (const giveUpAt = Date.now() + 60_000; Date.now() < giveUpAt; await sleep(20))
        if (uuids.every((uuid) => setAt.get(uuid)?.watts === watts)) return;
      throw new Error(`not all limits became ${watts} W`);
    };
    const order = (watts: number) =>
      bandit.executeUpdate(setOverride, {
        args: [{ order: { kind: 'pinPowerLimit', powerLimitWatts: watts }, reason: 'bench', who: 'bench' }],
      });
    // All train, and are profiling or have chosen; then the first order, which is not counted.
    for (const giveUpAt = Date.now() + 120_000; setAt.size < open && Date.now() < giveUpAt;) await sleep(100);
    say(`${setAt.size} recurrences train`);
    if (setAt.size < open) throw new Error(`not all train: ${(await Promise.all(handles.map(standOf))).join('; ')}`);
    await order(150);
    await are(150);
    const latencies: number[] = [];
    for (let n = 0; n < orders; n++) {
      const watts = n % 2 === 0 ? 100 : 200;
      const from = performance.now();
      await order(watts);
      await are(watts);
      for (const uuid of uuids) latencies.push((setAt.get(uuid)!.atMs - from) / 1000);
    }
    await Promise.all(handles.map((handle) => handle.terminate()));
    return { openRecurrences: open, orders, overrideToLimitP99Seconds: quantile(latencies, 0.99) };
  });
}

/** What a recurrence waits for, for whoever has to find out why. */
async function standOf(handle: WorkflowHandle): Promise<string> {
  const { raw } = await handle.describe();
  const pending = (raw.pendingActivities ?? []).map(
    ({ activityType, state, attempt, lastFailure, heartbeatDetails }) =>
      `${activityType?.name} ${state} attempt ${attempt} ${lastFailure?.message ?? ''} ${decodedPayloads(heartbeatDetails).join(' ')}`,
  );
  return `${handle.workflowId.slice(-20)}: ${pending.join(', ')}`;
}

/** The round trip alone, on a bandit of no run; and, in turn with it, that of the least that an update with a verdict can be. */
export async function measureUpdates({ client, connection }: OverrideBench, updates = 200) {
  const taskQueue = `updates-${randomUUID().slice(0, 8)}`;
  const bareQueue = `${taskQueue}-bare`;
  const rules: OverrideRules = { allowUnsigned: true };
  const workers = await Promise.all([
    Worker.create({ connection, taskQueue, plugins: [new WattbanditPlugin({ overrides: rules })] }),
    Worker.create({
      connection,
      taskQueue: bareQueue,
      workflowsPath: require.resolve('./bareUpdate'),
      activities: createVerifyActivities(rules),
    }),
  ]);
  const running = Promise.all(workers.map((worker) => worker.run()));
  await new JobClient(client, { taskQueue }).create(benchSpec(taskQueue), { paused: true });
  const bandit = client.workflow.getHandle(banditId(taskQueue));
  const bare = await client.workflow.start('bareUpdate', { taskQueue: bareQueue, workflowId: bareQueue });
  const ours: number[] = [];
  const theirs: number[] = [];
  // The first ones wait for caches to fill.
  for (let n = -20; n < updates; n++) {
    const args: [OverrideRequest] = [request(`trip-${n}`)];
    const took = await millisecondsOf(() => bandit.executeUpdate(setOverride, { args }));
    const bareTook = await millisecondsOf(() => bare.executeUpdate(judge, { args }));
    if (n < 0) continue;
    ours.push(took);
    theirs.push(bareTook);
  }
  await Promise.all([bandit.terminate(), bare.terminate()]);
  for (const worker of workers) worker.shutdown();
  await running;
  return {
    updateP50Ms: quantile(ours, 0.5),
    updateP99Ms: quantile(ours, 0.99),
    bareUpdateP50Ms: quantile(theirs, 0.5),
    bareUpdateP99Ms: quantile(theirs, 0.99),
  };
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

const request = (id: string): OverrideRequest => ({ id, order: { kind: 'eta', eta: 0.4 }, reason: 'bench' });
const benchSpec = (job: string) => jobSpec({ job, batchSizes: [64], defaultBatchSize: 64 });

/** Signals and updates, a hundred at a time, across continue-as-new. */
export async function floodOverrides({ client, connection, say }: OverrideBench, flood = 2000) {
  const taskQueue = `flood-${randomUUID().slice(0, 8)}`;
  const plugins = [new WattbanditPlugin({ overrides: { allowUnsigned: true } })];
  const worker = await Worker.create({ connection, taskQueue, plugins });
  return worker.runUntil(async () => {
    await new JobClient(client, { taskQueue }).create(benchSpec(taskQueue), { paused: true });
    const bandit = client.workflow.getHandle(banditId(taskQueue));
    const before = await bandit.query(overrides);
    const runId = (await bandit.describe()).runId;
    let acknowledged = 0;
    const ids = Array.from({ length: flood }, (_, n) => `flood-${n}`);
    for (let from = 0; from < flood; from += 100) {
      await Promise.all(
        ids.slice(from, from + 100).map(async (id, n) => {
          if (n % 2 === 0) await bandit.signal(override, request(id));
          else await bandit.executeUpdate(setOverride, { args: [request(id)] });
          acknowledged += 1;
        }),
      );
      say(`${acknowledged} of ${flood} overrides told`);
    }
    const settled = async () => {
      for (const giveUpAt = Date.now() + 60_000; ; await sleep(200)) {
        const book = await bandit.query(overrides);
        if (book.counts.applied - before.counts.applied >= flood || Date.now() > giveUpAt) return book;
      }
    };
    const after = await settled();
    const applied = after.counts.applied - before.counts.applied;
    const continued = (await bandit.describe()).runId !== runId;
    await bandit.terminate();
    return {
      floodSent: flood,
      floodApplied: applied,
      floodDuplicated: Math.max(0, applied - flood),
      continuedAsNew: continued,
    };
  });
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? NaN;
}

import { MockActivityEnvironment } from '@temporalio/testing';
import type { GpuDriver } from '../../activities/gpu/driver';
import { holdInMemory } from '../../activities/gpu/hold';
import { createGpuPool } from '../../activities/gpu/pool';
import { createSimulatedGpus } from '../../activities/gpu/simulated';
import { type TrainInput, createTrainActivities } from '../../activities/training/train';
import { RunsUnderWay } from '../../activities/training/underWay';
import type { Trainer, TrainingEvent } from '../../activities/training/trainer';
import type { Observation } from '../../policy/facts';
import { decision, jobSpec } from '../support/job';

const gpus = { model: 'V100', count: 2, powerLimitsWatts: [100, 150, 200] };
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Two GPUs, with prior limits that differ. */
async function host() {
  const driver = createSimulatedGpus(gpus);
  const uuids = (await driver.list()).map(({ uuid }) => uuid);
  await driver.setPowerLimit(uuids[0]!, 150);
  const limits = () => Promise.all(uuids.map((uuid) => driver.powerLimitWatts(uuid)));
  return { driver, uuids, limits };
}

/** Reports these events, each 100 J a GPU later. */
function trainerOf(driver: ReturnType<typeof createSimulatedGpus>, events: TrainingEvent[], startMs = 0): Trainer {
  return {
    kind: 'simulated',
    start: async ({ gpuUuids }) => {
      await sleep(startMs);
      const next = async () => {
        for (const uuid of gpuUuids) driver.draw(uuid, 100);
        return events.shift()!;
      };
      return { next, stop: async () => {} };
    },
  };
}

function train(driver: GpuDriver, trainer: Trainer, uuids: readonly string[], env = new MockActivityEnvironment()) {
  const slot = '2021-07-01T00:00:00Z';
  const claim = { taskQueue: 'host', gpus, gpuUuids: uuids };
  const input = { spec: jobSpec(), slot, attempt: 1, decision: decision({ powerLimitWatts: 100 }), claim };
  const holder = holdInMemory(driver);
  const pool = createGpuPool(driver, holder);
  const activities = createTrainActivities({ gpus: driver, trainer, holder, pool, underWay: new RunsUnderWay() });
  const run = (each: TrainInput) => activities.train(each);
  return env.run<[TrainInput], Observation, typeof run>(run, input);
}

const done: TrainingEvent = { kind: 'epoch', epoch: 1, metric: 0.9, atSeconds: 10 };

describe('train', () => {
  it('holds the limit on every GPU, adds up what they drew, and gives each its own limit back', async () => {
    const { driver, uuids, limits } = await host();
    const seen: number[][] = [];
    const trainer: Trainer = {
      kind: 'simulated',
      start: async (request) => {
        seen.push(await limits());
        return trainerOf(driver, [{ kind: 'progress', epochs: 0.5, atSeconds: 5 }, done]).start(request);
      },
    };
    const observation = await train(driver, trainer, uuids);
    expect(seen).toEqual([[100, 100]]);
    expect(observation).toMatchObject({ outcome: 'converged', epochs: 1, joules: 400, seconds: 10 });
    expect(observation.measurements).toEqual([
      { batchSize: 1024, powerLimitWatts: 100, secondsPerEpoch: 10, averageWatts: 40, source: 'run' },
    ]);
    expect(await limits()).toEqual([150, 200]);
    expect(observation.leases).toEqual([
      { gpuUuid: uuids[0], priorWatts: 150, setWatts: [100], outcome: 'restored', watts: 150 },
      { gpuUuid: uuids[1], priorWatts: 200, setWatts: [100], outcome: 'restored', watts: 200 },
    ]);
  });

  it('leaves no GPU behind when one of them refuses a limit, however slow the others are', async () => {
    const { driver, uuids, limits } = await host();
    const stubborn: GpuDriver = {
      ...driver,
      async setPowerLimit(uuid, watts) {
        if (uuid === uuids[1] && watts === 100) throw new Error(`GPU ${uuid} refuses`);
        if (watts === 100) await sleep(50);
        await driver.setPowerLimit(uuid, watts);
      },
    };
    await expect(train(stubborn, trainerOf(driver, [done]), uuids)).rejects.toThrow('refuses');
    await sleep(100);
    expect(await limits()).toEqual([150, 200]);
  });

  it('beats while a trainer takes long to start', async () => {
    const { driver, uuids } = await host();
    const env = new MockActivityEnvironment();
    let beats = 0;
    env.on('heartbeat', () => (beats += 1));
    await train(driver, trainerOf(driver, [done], 1200), uuids, env);
    expect(beats).toBeGreaterThanOrEqual(1);
  });

  it('cuts what the trainer says of its failure to what history should hold', async () => {
    const { driver, uuids } = await host();
    const failed: TrainingEvent = { kind: 'failed', failure: 'outOfMemory', detail: 'x'.repeat(9000), atSeconds: 1 };
    const observation = await train(driver, trainerOf(driver, [failed]), uuids);
    expect(observation.outcome).toBe('outOfMemory');
    expect(observation.detail).toHaveLength(500);
  });
});

import { createSimulatedGpus } from '../../activities/gpu/simulated';
import { createSimulatedTrainer } from '../../activities/training/simulated';
import { loadTraces } from '../../simulation/traces';
import { packagedTraces } from '../../worker/packaged';
import { jobSpec } from '../support/job';
import { describeTrainer } from './trainerContract';

const worlds = loadTraces(packagedTraces, 'v100');
const cifar = worlds.find(({ job }) => job.id === 'cifar100')!;

async function create() {
  const gpus = createSimulatedGpus(cifar.gpus);
  const gpuUuids = (await gpus.list()).map(({ uuid }) => uuid);
  return { gpus, gpuUuids, spec: jobSpec(), trainer: createSimulatedTrainer({ worlds, gpus, speed: 1e9 }) };
}

describeTrainer('simulation', create);

async function epochsUntilTarget(id: string, batchSize: number): Promise<number> {
  const { trainer, spec, gpuUuids } = await create();
  const run = await trainer.start({ id, spec, batchSize, gpuUuids });
  for (;;) {
    const event = await run.next();
    if (event.kind === 'epoch' && event.metric >= spec.target.value) return event.epoch;
  }
}

describe('createSimulatedTrainer', () => {
  it('gives the same run for the same id, and reaches the target as some recorded run did', async () => {
    const first = await epochsUntilTarget('slot/1', 128);
    expect(await epochsUntilTarget('slot/1', 128)).toBe(first);
    const all = await Promise.all(Array.from({ length: 20 }, (_, i) => epochsUntilTarget(`slot/${i}`, 128)));
    expect(new Set(all).size).toBeGreaterThan(1);
    for (const epochs of all) {
      expect(epochs).toBeGreaterThanOrEqual(15);
      expect(epochs).toBeLessThanOrEqual(30);
    }
  });

  it('trains at the speed and power recorded for the limit in force', async () => {
    for (const watts of [100, 250]) {
      const { gpus, trainer, spec, gpuUuids } = await create();
      await gpus.setPowerLimit(gpuUuids[0]!, watts);
      const run = await trainer.start({ id: 'x', spec, batchSize: 1024, gpuUuids });
      let event = await run.next();
      while (event.kind !== 'epoch') event = await run.next();
      const { secondsPerEpoch, averageWatts } = cifar.measure(1024, watts);
      expect(event.atSeconds).toBeCloseTo(secondsPerEpoch, 6);
      expect(await gpus.energyJoules(gpuUuids[0]!)).toBeCloseTo(secondsPerEpoch * averageWatts, 3);
    }
  });

  it('takes simulated time ÷ speed in real time', async () => {
    const gpus = createSimulatedGpus(cifar.gpus);
    const trainer = createSimulatedTrainer({ worlds, gpus, speed: 100 });
    const run = await trainer.start({ id: 'x', spec: jobSpec(), batchSize: 1024, gpuUuids: ['SIM-v100-0'] });
    const began = process.hrtime.bigint();
    let event = await run.next();
    while (event.kind !== 'epoch') event = await run.next();
    const realSeconds = Number(process.hrtime.bigint() - began) / 1e9;
    expect(realSeconds).toBeGreaterThanOrEqual((event.atSeconds / 100) * 0.5);
  });

  it('names the datasets it has when a job wants another', async () => {
    const { trainer, gpuUuids } = await create();
    const spec = jobSpec({ trainer: { kind: 'simulated', dataset: 'mnist' } });
    await expect(trainer.start({ id: 'x', spec, batchSize: 1024, gpuUuids })).rejects.toThrow(
      /mnist.*simulates.*cifar100/,
    );
  });
});

import { createMeter } from '../../activities/gpu/meter';
import { createSimulatedGpus } from '../../activities/gpu/simulated';
import { probeOthers } from '../../activities/training/probe';
import type { Probe, TrainingRun } from '../../activities/training/trainer';
import type { ProbePlan } from '../../policy/policy';
import { decision } from '../support/job';

const gpus = { model: 'V100', count: 1, powerLimitsWatts: [100, 200] };
const running = {
  batchSize: 128,
  powerLimitWatts: 150,
  secondsPerEpoch: 100,
  averageWatts: 120,
  source: 'run' as const,
};
const plan: ProbePlan = { down: [64, 32], up: [256, 512], maxShareOfRun: 0.03, expectedEpochs: 20, maxCostRatio: 3 };

function runThatProbes(probe: (batchSize: number) => Probe): { run: TrainingRun; asked: number[] } {
  const asked: number[] = [];
  const run: TrainingRun = {
    next: () => Promise.reject(new Error('not asked for')),
    stop: async () => {},
    probe: async (batchSize) => {
      asked.push(batchSize);
      return probe(batchSize);
    },
  };
  return { run, asked };
}

const timed = (secondsPerEpoch: number): Probe => ({ kind: 'timed', seconds: 3, secondsPerEpoch });

/** Each probe draws 360 J. */
async function probed(run: TrainingRun, probes: ProbePlan | null = plan) {
  const driver = createSimulatedGpus(gpus);
  const [gpu] = await driver.list();
  const meter = await createMeter(driver, [gpu!.uuid]);
  const { probe } = run;
  const drawing = (batchSize: number) => {
    driver.draw(gpu!.uuid, 360);
    return probe!(batchSize);
  };
  const drawn = probe === undefined ? run : { ...run, probe: drawing };
  return probeOthers({ run: drawn, meter, running, decision: decision({ probes }), gpus });
}

describe('probeOthers', () => {
  it('times every size of the plan at the running limit', async () => {
    const { run, asked } = runThatProbes(() => timed(90));
    const found = await probed(run);
    expect(asked.toSorted((a, b) => a - b)).toEqual([32, 64, 256, 512]);
    expect(found).toHaveLength(4);
    for (const { measurement } of found)
      expect(measurement).toMatchObject({ powerLimitWatts: 150, averageWatts: 120, source: 'probe' });
  });

  it('ends a direction where memory runs out, and keeps no measurement of it', async () => {
    const { run, asked } = runThatProbes((size) => (size === 256 ? { kind: 'outOfMemory', seconds: 1 } : timed(90)));
    const found = await probed(run);
    expect(asked).not.toContain(512);
    expect(found.find(({ batchSize }) => batchSize === 256)).toMatchObject({ measurement: null, outOfMemory: true });
  });

  it('takes a refusal for the end of a direction, and never for a lack of memory', async () => {
    const { run, asked } = runThatProbes((size) => (size === 64 ? { kind: 'refused', seconds: 1 } : timed(90)));
    const found = await probed(run);
    expect(asked).toEqual([64, 256, 512]);
    expect(found.some(({ outOfMemory }) => outOfMemory)).toBe(false);
  });

  it('stops when the run ends meanwhile, and keeps what it found', async () => {
    const { run, asked } = runThatProbes((size) => (size === 256 ? { kind: 'ended' } : timed(90)));
    expect((await probed(run)).map(({ batchSize }) => batchSize)).toEqual([64]);
    expect(asked).toEqual([64, 256]);
  });

  it('stays within the share of the run that the plan allows', async () => {
    const { run, asked } = runThatProbes(() => timed(90));
    await probed(run, { ...plan, maxShareOfRun: 4 / 2000 });
    expect(asked).toEqual([64]);
  });

  it('probes nothing without a plan, or with a trainer that cannot', async () => {
    const { run } = runThatProbes(() => timed(90));
    expect(await probed(run, null)).toEqual([]);
    expect(await probed({ ...run, probe: undefined })).toEqual([]);
  });
});

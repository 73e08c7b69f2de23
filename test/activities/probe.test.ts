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

const timed = (secondsPerEpoch: number): Probe => ({ kind: 'timed', seconds: 3, secondsPerEpoch, averageWatts: 120 });

describe('probeOthers', () => {
  it('times every size of the plan at the running limit', async () => {
    const { run, asked } = runThatProbes(() => timed(90));
    const probed = await probeOthers(run, running, decision({ probes: plan }), gpus);
    expect(asked.toSorted((a, b) => a - b)).toEqual([32, 64, 256, 512]);
    for (const { measurement } of probed) expect(measurement).toMatchObject({ powerLimitWatts: 150, source: 'probe' });
  });

  it('ends a direction where memory runs out, and keeps no measurement of it', async () => {
    const { run, asked } = runThatProbes((size) => (size === 256 ? { kind: 'outOfMemory', seconds: 1 } : timed(90)));
    const probed = await probeOthers(run, running, decision({ probes: plan }), gpus);
    expect(asked).not.toContain(512);
    expect(probed.find(({ batchSize }) => batchSize === 256)!.measurement).toBeNull();
  });

  it('probes nothing without a plan, or with a trainer that cannot', async () => {
    const { run } = runThatProbes(() => timed(90));
    expect(await probeOthers(run, running, decision({ probes: null }), gpus)).toEqual([]);
    expect(await probeOthers({ ...run, probe: undefined }, running, decision({ probes: plan }), gpus)).toEqual([]);
  });
});

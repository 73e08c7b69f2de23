/** The job that the demonstration runs: one recorded by Zeus, and what it costs untouched and at best. */
import { maxPowerWatts, zeusCostJoules } from '../../policy/cost';
import { type FixedChoice, oracle, untouchedDefault } from '../../simulation/references';
import { loadTraces } from '../../simulation/traces';
import { type JobSpec, jobSpecSchema } from '../../workflows/contracts';
import { packagedTraces } from '../packaged';
import { WattbanditError } from '../errors';

export interface DemoJob {
  readonly gpu: string;
  readonly spec: JobSpec;
  /** Expected for one recurrence. */
  readonly untouched: FixedChoice;
  readonly best: FixedChoice;
  /** Simulated seconds per second. */
  readonly speed: number;
  costJoules(joules: number, seconds: number): number;
}

/** What a run with the default takes in real time: long enough to be seen, short enough for a few dozen. */
const secondsPerRun = 0.4;
/** The only recorded metric that falls while training. */
const fallingMetric: Readonly<Record<string, string>> = { librispeech: 'wordErrorRate' };

export function demoJob(gpu: string, dataset: string): DemoJob {
  const [world] = loadTraces(packagedTraces, gpu, { jobs: [dataset] });
  if (world === undefined) throw new WattbanditError('invalid', `Cannot demonstrate ${dataset}: it is not recorded.`);
  const { batchSizes, defaultBatchSize, maxEpochs } = world.job;
  const falling = fallingMetric[dataset];
  const spec = jobSpecSchema.parse({
    version: 1,
    job: `demo-${dataset}-${gpu}-ciso`.replace(/[^A-Za-z0-9._-]/g, '-'),
    batchSizes: [...batchSizes],
    defaultBatchSize,
    maxEpochs,
    target: {
      metric: falling ?? 'accuracy',
      value: world.target,
      direction: falling === undefined ? 'atLeast' : 'atMost',
    },
    schedule: { every: '1h', overlap: 'bufferAll' },
    trainer: { kind: 'simulated', dataset },
    // Speed and energy are weighed by the carbon intensity that the slot's hour had in California.
    carbon: {},
    // Whoever kills a worker to see what happens wants to see it soon.
    heartbeatTimeout: '10s',
  });
  const { eta } = spec.objective;
  const untouched = untouchedDefault(world, eta);
  return {
    gpu,
    spec,
    untouched,
    best: oracle(world, eta),
    speed: untouched.seconds / secondsPerRun,
    costJoules: (joules, seconds) => zeusCostJoules(joules, seconds, eta, maxPowerWatts(world.gpus)),
  };
}

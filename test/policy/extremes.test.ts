/** Jobs, runs and measurements at the far ends of what may happen: decisions stay decisions. */
import fc from 'fast-check';
import { createZeus, wattbandit } from '../../policy';
import type { Gpus, Job, Objective, Observation, Outcome, PowerMeasurement } from '../../policy/facts';
import type { Ask, Decision, Policy } from '../../policy/policy';
import { createRandom } from '../../policy/random';
import { after, ask, run } from './world';

const sizeLists: readonly (readonly number[])[] = [
  [64],
  [1, 1_000_000],
  [1, 2, 3],
  [7, 24, 25, 26, 360, 1000],
  Array.from({ length: 64 }, (_, i) => 100 + i),
  Array.from({ length: 20 }, (_, i) => 2 ** i),
];

const anyJob: fc.Arbitrary<Job> = fc.constantFrom(...sizeLists).chain((batchSizes) =>
  fc.record({
    id: fc.constant('extreme'),
    batchSizes: fc.constant(batchSizes),
    defaultBatchSize: fc.constantFrom(...batchSizes),
    maxEpochs: fc.constantFrom(1, 2, 100, 1_000_000),
  }),
);

const anyGpus: fc.Arbitrary<Gpus> = fc.record({
  model: fc.constantFrom('V100', 'A100'),
  count: fc.constantFrom(1, 8),
  powerLimitsWatts: fc.constantFrom([250], [100, 250], [100, 150, 200, 250, 300]),
});

const outcomes: readonly Outcome[] = [
  ...['converged', 'converged', 'converged', 'diverged', 'tooDear', 'outOfMemory'],
  ...['infrastructure', 'preempted', 'operator'],
] as Outcome[];

const absurd = [0, -1, 1e-300, 1e300, Infinity, -Infinity, NaN];
const anyAmount = (low: number, high: number) =>
  fc.oneof({ weight: 9, arbitrary: fc.double({ min: low, max: high, noNaN: true }) }, fc.constantFrom(...absurd));

const anyMeasurement = (job: Job): fc.Arbitrary<PowerMeasurement> =>
  fc.record({
    batchSize: fc.constantFrom(...job.batchSizes),
    powerLimitWatts: fc.constantFrom(100, 150, 250, 400),
    secondsPerEpoch: anyAmount(1e-3, 1e5),
    averageWatts: anyAmount(10, 3000),
    source: fc.constantFrom('profile', 'probe', 'run'),
  });

const anyRun = (job: Job): fc.Arbitrary<Observation> =>
  fc
    .record({
      batchSize: fc.constantFrom(...job.batchSizes, ...job.batchSizes, 33, 5_000_000),
      epochs: fc.oneof(fc.nat(Math.min(job.maxEpochs, 12)), fc.constantFrom(0, 1, job.maxEpochs)),
      outcome: fc.constantFrom(...outcomes),
      gpuModel: fc.constantFrom('V100', 'V100', 'A100', 'H100'),
      slot: fc.nat(5).map(String),
      seconds: fc.constantFrom(0, 1e-9, 60, 1e9),
      joules: fc.constantFrom(0, 1e-9, 6000, 1e12),
      measurements: fc.array(anyMeasurement(job), { maxLength: 4 }),
      outOfMemoryBatchSizes: fc.subarray([...job.batchSizes], { maxLength: 1 }),
    })
    .map(({ batchSize, epochs, ...more }) =>
      // A converged run without an epoch, a second or a joule never gets past the bandit's door.
      more.outcome === 'converged'
        ? run(batchSize, epochs + 1, { ...more, seconds: more.seconds + 1e-9, joules: more.joules + 1e-9 })
        : run(batchSize, epochs, { ...more, reachedEpochLimit: epochs >= job.maxEpochs }),
    );

const anyObjective: fc.Arbitrary<Objective> = fc.record(
  {
    eta: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
    maxSlowdown: fc.constantFrom(1, 1.0001, 2, 1e6),
    deadlineSeconds: fc.constantFrom(1e-9, 1, 3600, 1e12),
  },
  { requiredKeys: ['eta'] },
);

const anyAsk = (job: Job): fc.Arbitrary<Ask> =>
  fc
    .record(
      {
        gpus: anyGpus,
        objective: anyObjective,
        attempt: fc.constantFrom(1, 2, 20),
        inFlight: fc.oneof(fc.constant([...job.batchSizes]), fc.subarray([...job.batchSizes]), fc.constant([33, 33])),
        exploration: fc.boolean(),
        remainingRecurrences: fc.constantFrom(0, 1, 1_000_000),
        pinnedBatchSize: fc.constantFrom(...job.batchSizes, 33),
      },
      { requiredKeys: ['gpus', 'objective'] },
    )
    .map((more) => ask({ ...more, job }));

interface Situation {
  readonly job: Job;
  readonly runs: readonly Observation[];
  readonly of: Ask;
}

const anySituation: fc.Arbitrary<Situation> = anyJob.chain((job) =>
  fc.record({ job: fc.constant(job), runs: fc.array(anyRun(job), { maxLength: 40 }), of: anyAsk(job) }),
);

/** `NaN` and `Infinity` would come back as null. */
function expectToSurviveJson(value: unknown): void {
  expect(JSON.parse(JSON.stringify(value))).toEqual(value);
}

function expectToBeSound(decision: Decision, { job, of }: Situation): void {
  expectToSurviveJson(decision);
  const { batchSize, powerLimitWatts, costCeilingJoules, probes } = decision;
  if (batchSize !== of.pinnedBatchSize) expect(job.batchSizes).toContain(batchSize);
  if (powerLimitWatts !== null) expect(of.gpus.powerLimitsWatts).toContain(powerLimitWatts);
  if (costCeilingJoules !== null) expect(costCeilingJoules).toBeGreaterThan(0);
  for (const size of [...(probes?.down ?? []), ...(probes?.up ?? [])]) expect(job.batchSizes).toContain(size);
}

const policies: readonly Policy<unknown>[] = [wattbandit, createZeus()];

describe.each(policies.map((policy): [string, Policy<unknown>] => [policy.name, policy]))('%s', (_, policy) => {
  it('decides soundly whatever happened, and the same after its memory went through JSON', () => {
    fc.assert(
      fc.property(anySituation, (situation) => {
        const memory = after(policy, situation.runs, situation.job);
        const decision = policy.decide(memory, situation.of, createRandom(1));
        expectToBeSound(decision, situation);
        expectToSurviveJson(memory);
        const recalled = policy.recall(JSON.parse(JSON.stringify(memory)));
        expect(policy.decide(recalled, situation.of, createRandom(1))).toEqual(decision);
      }),
      { numRuns: 300 },
    );
  });
});

import { join } from 'node:path';
import { believe, wattbandit } from '../../policy';
import type { Observation } from '../../policy/facts';
import { believedTradeOff } from '../../policy/tradeOff';
import { contenderNamed } from '../../simulation/contenders';
import { play } from '../../simulation/experiment';
import { scenarioNamed } from '../../simulation/scenarios';
import { createRandom } from '../../policy/random';
import { fixedChoice } from '../../simulation/references';
import { loadTraces } from '../../simulation/traces';
import type { World } from '../../simulation/world';

const worlds = loadTraces(join(__dirname, '../../data/zeus'), 'v100', { jobs: ['cifar100', 'squad', 'sentiment140'] });
const cifar = worlds[0]!;

/** The memory of so many recurrences. */
function learn(world: World, recurrences: number) {
  const observations: Observation[] = [];
  const scenario = scenarioNamed('none');
  play({
    contender: contenderNamed('wattbandit'),
    course: scenario.prepare(world, recurrences)(createRandom(1)),
    concurrency: 1,
    recurrences,
    objective: { eta: 0.5 },
    seed: 'trade-off',
    onRun: (_, observation) => observations.push(observation),
  });
  const memory = observations.reduce(
    (known, observation) => wattbandit.observe(known, observation, world.job),
    wattbandit.begin(world.job),
  );
  return { memory, observations };
}

describe('believedTradeOff', () => {
  it('knows nothing before a run converged', () => {
    expect(believedTradeOff(wattbandit.begin(cifar.job), cifar)).toEqual([]);
  });

  it('has every limit that was measured, and one prediction for each size of which none was', () => {
    const { memory, observations } = learn(cifar, 1);
    const points = believedTradeOff(memory, cifar);
    const measured = new Set(observations[0]!.measurements.map((at) => `${at.batchSize} ${at.powerLimitWatts}`));
    const probed = new Set(observations[0]!.measurements.map((at) => at.batchSize));
    const highest = Math.max(...cifar.gpus.powerLimitsWatts);
    const others = cifar.job.batchSizes.filter((size) => !probed.has(size)).map((size) => `${size} ${highest}`);
    expect(others.length).toBeGreaterThan(0);
    expect(points.map(({ batchSize, powerLimitWatts }) => `${batchSize} ${powerLimitWatts}`).toSorted()).toEqual(
      [...measured, ...others].toSorted(),
    );
    const known = points.filter((point) => point.known);
    expect(known.map(({ batchSize, powerLimitWatts }) => [batchSize, powerLimitWatts])).toEqual(
      cifar.gpus.powerLimitsWatts.map((limit) => [cifar.job.defaultBatchSize, limit]),
    );
  });

  it('expects of time what a decision expects where only time matters', () => {
    const { memory } = learn(cifar, 1);
    const question = { job: cifar.job, gpus: cifar.gpus, objective: { eta: 0 }, inFlight: [] };
    const beliefs = new Map(believe(memory, question).sizes.map((belief) => [belief.batchSize, belief]));
    const points = believedTradeOff(memory, cifar).filter(({ powerLimitWatts }) => powerLimitWatts === 250);
    expect(points.length).toBeGreaterThan(2);
    // The fastest limit may be another one, by a few per cent.
    for (const { batchSize, seconds } of points)
      expect((250 * seconds) / beliefs.get(batchSize)!.costJoules).toBeCloseTo(1, 1);
  });

  it.each(worlds.map((world) => [world.job.id, world] as const))(
    'of what is known in %s is right about what recordings say, and its power exactly',
    (_, world) => {
      const { memory } = learn(world, 30);
      const known = believedTradeOff(memory, world).filter((point) => point.known);
      expect(known.length).toBeGreaterThan(world.powerLimitsFor(world.job.defaultBatchSize).length);
      for (const { batchSize, powerLimitWatts, seconds, joules } of known) {
        const { averageWatts } = world.measure(batchSize, powerLimitWatts);
        expect(joules / seconds / averageWatts).toBeCloseTo(1, 9);
      }
      const chosen = known.reduce((best, point) => (point.joules < best.joules ? point : best));
      const recorded = fixedChoice(world, chosen.batchSize, chosen.powerLimitWatts, 0.5);
      expect(chosen.within!.seconds.low).toBeLessThan(recorded.seconds);
      expect(chosen.within!.seconds.high).toBeGreaterThan(recorded.seconds);
    },
  );

  it('is surer of what ran than of what it only predicts', () => {
    const points = believedTradeOff(learn(cifar, 1).memory, cifar);
    const width = (size: number) => {
      const { low, high } = points.find(({ batchSize }) => batchSize === size)!.within!.seconds;
      return high / low;
    };
    expect(width(cifar.job.defaultBatchSize)).toBeLessThan(width(512));
    expect(width(512)).toBeLessThan(width(8));
  });

  it('leaves out what does not fit the GPU', () => {
    const { memory } = learn(cifar, 1);
    const first = { ...learn(cifar, 1).observations[0]!, outOfMemoryBatchSizes: [2048] };
    const points = believedTradeOff(wattbandit.observe(memory, first, cifar.job), cifar);
    expect(Math.max(...points.map(({ batchSize }) => batchSize))).toBe(1024);
  });

  it('knows only what it would know had runs of another GPU model never been', () => {
    const { memory } = learn(cifar, 3);
    expect(believedTradeOff(memory, { ...cifar, gpus: { ...cifar.gpus, model: 'A40' } })).toEqual([]);
  });
});

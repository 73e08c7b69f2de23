/** Jobs that change half way: the data grew, the model was mended, the target was moved. */
import type { Random } from '../policy/random';
import { SimulationError } from './error';
import { expectedEpochs } from './references';
import { plainCourse, type Scenario } from './scenario';
import { withOutcomes, type World } from './world';

type Change = (world: World, random: Random) => World;

export const driftScenarios: readonly Scenario[] = [
  drift('drift-doubled', withEpochLimit(2), (world) => scaled(world, () => 2)),
  drift('drift-halved', withEpochLimit(1), (world) => scaled(world, () => 0.5)),
  drift('drift-shifted', withEpochLimit(1), shifted),
  drift('drift-target', withEpochLimit(1), easier),
];

function drift(name: string, before: (world: World) => World, change: Change): Scenario {
  return {
    name,
    concurrency: 1,
    prepare: (world, recurrences) => {
      const first = before(world);
      return (random) => {
        const second = change(first, random);
        return { ...plainCourse(first), worldAt: (recurrence) => (recurrence < recurrences / 2 ? first : second) };
      };
    },
  };
}

/** A job whose epochs will double has a limit that allows for it from the beginning. */
function withEpochLimit(factor: number): (world: World) => World {
  return (world) => ({ ...world, job: { ...world.job, maxEpochs: world.job.maxEpochs * factor } });
}

function scaled(world: World, factor: (batchSize: number) => number): World {
  return withOutcomes(world, (outcomes, batchSize) =>
    outcomes.map((epochs) => (epochs === null ? null : Math.max(1, Math.round(epochs * factor(batchSize))))),
  );
}

/** The best size moves up or down: epochs grow or shrink by a factor √2 a doubling, away from the default. */
function shifted(world: World, random: Random): World {
  const power = random.uniform() < 0.5 ? 0.5 : -0.5;
  return scaled(world, (batchSize) => (batchSize / world.job.defaultBatchSize) ** power);
}

/** The neighbouring target that the default reaches sooner. */
function easier(world: World): World {
  const others = (world.neighbours?.() ?? []).filter((other) => Number.isFinite(defaultEpochs(other)));
  const [first, ...rest] = others;
  if (first === undefined) {
    throw new SimulationError(
      `Cannot change the target of ${world.job.id}: no other target is recorded; choose another scenario.`,
    );
  }
  return rest.reduce((best, other) => (defaultEpochs(other) < defaultEpochs(best) ? other : best), first);
}

function defaultEpochs(world: World): number {
  return expectedEpochs(world, world.job.defaultBatchSize);
}

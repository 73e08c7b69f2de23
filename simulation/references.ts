/** What a policy's bill is held against: the best fixed choice, and the untouched default. */
import { maxPowerWatts } from '../policy/cost';
import type { World } from './world';

/** A fixed batch size and power limit and what a recurrence is expected to cost with it, failed runs included. */
export interface FixedChoice {
  readonly batchSize: number;
  readonly powerLimitWatts: number;
  readonly costJoules: number;
  readonly joules: number;
  readonly seconds: number;
}

export function fixedChoice(world: World, batchSize: number, powerLimitWatts: number, eta: number): FixedChoice {
  const { averageWatts, secondsPerEpoch } = world.measure(batchSize, powerLimitWatts);
  const costWatts = eta * averageWatts + (1 - eta) * maxPowerWatts(world.gpus);
  // Summed up before it is multiplied: at η 0 or 1 a size that never converges would cost 0·∞.
  const seconds = expectedEpochs(world, batchSize) * secondsPerEpoch;
  return { batchSize, powerLimitWatts, costJoules: costWatts * seconds, joules: averageWatts * seconds, seconds };
}

interface Answer {
  readonly eta: number;
  readonly pinned: number | undefined;
  readonly choice: FixedChoice;
}
const lastAnswers = new WeakMap<World, Answer>();

/**
 * The choice of least expected cost: it explores nothing, profiles nothing and stops no run. A pinned size binds it too.
 * The latest answer for a world is kept, since most series ask only one question.
 */
export function oracle(world: World, eta: number, pinned?: number): FixedChoice {
  const last = lastAnswers.get(world);
  if (last?.eta === eta && last.pinned === pinned) return last.choice;
  const choices = world.job.batchSizes
    .filter((batchSize) => pinned === undefined || batchSize === pinned)
    .flatMap((size) => world.powerLimitsFor(size).map((limit) => fixedChoice(world, size, limit, eta)));
  const choice = choices.reduce((best, one) => (one.costJoules < best.costJoules ? one : best));
  lastAnswers.set(world, { eta, pinned, choice });
  return choice;
}

/** The default batch size at maximum power. */
export function untouchedDefault(world: World, eta: number): FixedChoice {
  return fixedChoice(world, world.job.defaultBatchSize, Math.max(...world.gpus.powerLimitsWatts), eta);
}

const epochsBySize = new WeakMap<World, Map<number, number>>();

/** Epochs paid until a run reaches the target: failed runs use up the epoch limit and are repeated. Infinity: never. */
export function expectedEpochs(world: World, batchSize: number): number {
  const ofWorld = epochsBySize.get(world) ?? new Map<number, number>();
  epochsBySize.set(world, ofWorld);
  const expected = ofWorld.get(batchSize) ?? computeExpectedEpochs(world, batchSize);
  ofWorld.set(batchSize, expected);
  return expected;
}

function computeExpectedEpochs(world: World, batchSize: number): number {
  const { maxEpochs } = world.job;
  const outcomes = world.outcomesOf(batchSize);
  const reached = outcomes.filter((epochs) => epochs !== null && epochs <= maxEpochs).length;
  const paid = outcomes.reduce<number>((sum, epochs) => sum + Math.min(epochs ?? maxEpochs, maxEpochs), 0);
  return reached === 0 ? Infinity : paid / reached;
}

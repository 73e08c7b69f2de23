/** What a log leaves open of the epochs of each batch size: beliefs of the cost model, and draws from them. */
import { type Grid, believeEpochs, gridFor } from '../policy/epochs';
import type { Job } from '../policy/facts';
import { type Gaussian, at, varianceAt } from '../policy/gaussianProcess';
import { type Memory, convergedOf, failedOf, hasConverged } from '../policy/memory';
import { normalDistribution } from '../policy/normal';
import { defaults } from '../policy/parameters';
import type { Random } from '../policy/random';

export interface EpochModel {
  readonly grid: Grid;
  readonly belief: Gaussian & { readonly runVariance: number };
  readonly memory: Memory;
}

export function epochModelOf(job: Job, memory: Memory): EpochModel {
  const grid = gridFor(job);
  return { grid, belief: believeEpochs(memory, grid, defaults), memory };
}

/** One world that may be: ln epochs of each size, and between which doublings runs converge at all. */
export interface EpochDraw {
  readonly levels: readonly number[];
  readonly lowest: number;
  readonly highest: number;
}

export function drawEpochModel(model: EpochModel, random: Random): EpochDraw {
  const levels = sample(model.belief, random);
  return { levels, lowest: -drawCliff(model, -1, random), highest: drawCliff(model, 1, random) };
}

/**
 * Beyond some size a network does not converge at all. Cliffs are as likely in each doubling away from the proven sizes as the policy
 * takes them to be; a run that was stopped is a sign of one, as far as slow convergence does not explain it.
 */
function drawCliff({ grid, belief, memory }: EpochModel, side: 1 | -1, random: Random): number {
  const outward = grid.doublings.map((x) => side * x);
  const proven = outward.filter((_, index) => hasConverged(memory, at(grid.sizes, index)));
  const from = proven.length === 0 ? 0 : Math.max(...proven);
  const rate = defaults.cliffsPerDoubling;
  const free = () => from - Math.log(1 - random.uniform()) / rate;
  const failed = grid.sizes
    .map((size, index) => ({ index, beyond: at(outward, index) - from, ...failedOf(memory, size) }))
    .filter(({ beyond, failures }) => beyond > 0 && failures > 0)
    .toSorted((a, b) => a.beyond - b.beyond)[0];
  if (failed === undefined) return free();
  const { beyond, index, stopped, exhausted } = failed;
  const prior = 1 - Math.exp(-rate * beyond);
  const sd = Math.sqrt(varianceAt(belief, index) + belief.runVariance);
  const slow = exhausted ? 0 : 1 - normalDistribution((Math.log(stopped + 1) - at(belief.mean, index)) / sd);
  const chance = prior / (prior + (1 - prior) * slow);
  // Before it, or after it.
  if (random.uniform() < chance) return from - Math.log(1 - random.uniform() * prior) / rate;
  return from + beyond - Math.log(1 - random.uniform()) / rate;
}

/** Epochs of one run; null: it never reaches the target. */
export function drawRun({ grid, belief }: EpochModel, draw: EpochDraw, index: number, random: Random): number | null {
  const place = at(grid.doublings, index);
  if (place < draw.lowest || place > draw.highest) return null;
  return Math.max(1, Math.round(Math.exp(at(draw.levels, index) + random.normal(0, Math.sqrt(belief.runVariance)))));
}

/** How many runs of a size are known to have converged. */
export function convergedRuns({ memory }: EpochModel, batchSize: number): number {
  return convergedOf(memory, batchSize).n;
}

/** One draw of all places together, by Cholesky's factor of the covariance. */
export function sample({ mean, covariance }: Gaussian, random: Random): readonly number[] {
  const factor = choleskyOf(covariance);
  const normals = mean.map(() => random.normal(0, 1));
  return mean.map((centre, i) => centre + at(factor, i).reduce((sum, value, j) => sum + value * at(normals, j), 0));
}

/** Rounding may leave a variance a hair below zero. */
function choleskyOf(covariance: Gaussian['covariance']): readonly (readonly number[])[] {
  const factor: number[][] = [];
  covariance.forEach((row, i) => {
    const next: number[] = [];
    for (let j = 0; j < i; j++) {
      const other = at(factor, j);
      const dot = next.reduce((sum, value, k) => sum + value * at(other, k), 0);
      const pivot = at(other, j);
      next.push(pivot === 0 ? 0 : (at(row, j) - dot) / pivot);
    }
    const rest = at(row, i) - next.reduce((sum, value) => sum + value * value, 0);
    factor.push([...next, Math.sqrt(Math.max(0, rest))]);
  });
  return factor;
}

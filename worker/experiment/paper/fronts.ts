/** What the recordings offer: every batch size at every power limit, what a limit alone saves, and the Pareto fronts. */
import { type FixedChoice, fixedChoice, oracle, untouchedDefault } from '../../../simulation/references';
import type { World } from '../../../simulation/world';
import { change, folded, percent, tableOf } from './markdown';
import { zeusPaper } from './published';
import { type Section, shown } from './section';

/** Every choice that ever reaches the target, expected seconds and joules of a recurrence. */
export function choicesOf(world: World): readonly FixedChoice[] {
  return world.job.batchSizes
    .flatMap((size) => world.powerLimitsFor(size).map((limit) => fixedChoice(world, size, limit, 1)))
    .filter(({ seconds }) => Number.isFinite(seconds));
}

/** Those that none is as fast as and more frugal than, or the other way round; the fastest first. */
export function frontOf(choices: readonly FixedChoice[]): readonly FixedChoice[] {
  const byTime = choices.toSorted((a, b) => a.seconds - b.seconds || a.joules - b.joules);
  let least = Infinity;
  return byTime.filter(({ joules }) => {
    const isBetter = joules < least;
    least = Math.min(least, joules);
    return isBetter;
  });
}

interface Savings {
  readonly world: World;
  readonly limitAlone: number;
  readonly bestChoice: number;
}

function savingsOf(world: World): Savings {
  const untouched = untouchedDefault(world, 1).joules;
  const choices = choicesOf(world);
  const least = (among: readonly FixedChoice[]) => Math.min(...among.map(({ joules }) => joules));
  const atDefault = choices.filter(({ batchSize }) => batchSize === world.job.defaultBatchSize);
  return { world, limitAlone: 1 - least(atDefault) / untouched, bestChoice: 1 - least(choices) / untouched };
}

export const savings: Section = {
  name: 'savings',
  title: 'What there is to save',
  async make({ worlds }) {
    const rows = worlds.map(savingsOf);
    const range = (gpu: string, of: (row: Savings) => number) => {
      const own = rows.filter(({ world }) => world.gpus.model === gpu).map(of);
      return own.length === 0 ? '–' : `${percent(Math.min(...own))} to ${percent(Math.max(...own))}`;
    };
    const published = ([least, most]: readonly [number, number]) => `${percent(least)} to ${percent(most)}`;
    return {
      text: [
        'Energy to accuracy that the best fixed choice saves against the default batch size at maximum power: with the power limit alone,',
        'and with batch size and limit together. Expected over the recorded runs; no policy is involved.',
        '',
        tableOf(
          [
            { title: 'V100, least and most of six jobs', cell: ({ what }) => what },
            { title: 'Zeus’s paper', cell: ({ paper }) => paper },
            { title: 'here', cell: ({ here }) => here },
          ],
          [
            {
              what: 'power limit alone',
              paper: published(zeusPaper.limitAloneSaves),
              here: range('v100', (row) => row.limitAlone),
            },
            {
              what: 'batch size and power limit',
              paper: published(zeusPaper.bestChoiceSaves),
              here: range('v100', (row) => row.bestChoice),
            },
          ],
        ),
        '',
        tableOf<Savings>(
          [
            { title: 'GPU', cell: ({ world }) => world.gpus.model },
            { title: 'Job', cell: ({ world }) => world.job.id },
            { title: 'Limit alone', number: true, cell: ({ limitAlone }) => percent(limitAlone) },
            { title: 'Both', number: true, cell: ({ bestChoice }) => percent(bestChoice) },
          ],
          rows,
        ),
      ].join('\n'),
    };
  },
};

/** Six pictures tell as much as eighteen; the tables have all. */
const drawnGpu = 'v100';

export const fronts: Section = {
  name: 'fronts',
  title: 'Pareto fronts',
  async make({ worlds }) {
    const { frontPicture } = await import('./pictures.js');
    const drawn = worlds.filter(({ gpus }) => gpus.model === drawnGpu).map(frontPicture);
    return {
      pictures: drawn,
      text: [
        'Of every batch size at every power limit: the choices than which none is both faster and more frugal. Time and energy to',
        'accuracy against the default batch size at maximum power; marked is what costs least at η 0.5. Zeus’s paper draws such fronts,',
        'but not as numbers.',
        '',
        ...drawn.map(shown),
        '',
        ...worlds.map((world) => {
          const choices = choicesOf(world);
          const front = frontOf(choices);
          const title = `${world.gpus.model} ${world.job.id}: ${front.length} of ${choices.length} choices`;
          return folded(title, frontTable(world, front));
        }),
      ].join('\n'),
    };
  },
};

function frontTable(world: World, front: readonly FixedChoice[]): string {
  const untouched = untouchedDefault(world, 1);
  const best = oracle(world, 0.5);
  const isBest = (one: FixedChoice) => one.batchSize === best.batchSize && one.powerLimitWatts === best.powerLimitWatts;
  return tableOf<FixedChoice>(
    [
      { title: 'Batch size', number: true, cell: (one) => `${isBest(one) ? '★ ' : ''}${one.batchSize}` },
      { title: 'Limit', number: true, cell: ({ powerLimitWatts }) => `${powerLimitWatts} W` },
      { title: 'Time', number: true, cell: ({ seconds }) => change(seconds / untouched.seconds) },
      { title: 'Energy', number: true, cell: ({ joules }) => change(joules / untouched.joules) },
    ],
    front,
  );
}

/** The comparison of Zeus's paper: default, grid search, Zeus, ours and the oracle on every job and GPU. */
import { oracle } from '../../../simulation/references';
import type { Row } from '../../../simulation/sweep';
import { geometricMean, mean } from '../../../simulation/statistics';
import { change, fixed, folded, percent, tableOf } from './markdown';
import { zeusPaper, zeusSimulator } from './published';
import type { PaperContext, Section } from './section';

const policies = ['default', 'grid-search', 'zeus', 'wattbandit', 'oracle'] as const;
const stoppedGrid = 'grid-search, β 2';

export const headline: Section = {
  name: 'headline',
  title: 'Default, grid search, Zeus, wattbandit, oracle',
  async make(context) {
    const plain = await context.play({ name: 'headline', policies: [...policies], recurrences: ['2BP'] });
    const stopped = await context.play({
      name: 'headline-grid',
      policies: ['grid-search'],
      beta: [2],
      recurrences: ['2BP'],
    });
    const rows = [...plain, ...stopped.map((row) => ({ ...row, policy: stoppedGrid }))];
    return {
      text: [
        'η 0.5. Recurrences one after the other, two for each batch size and power limit of the job, as in Zeus’s paper; Zeus stops runs at',
        'β 2, wattbandit at its own 1.75. Everything that learning costs is charged to the recurrence that does it. *Regret* is how many',
        'recurrences’ worth of the oracle’s cost were wasted; *the last five* is what it has come to, failed runs included.',
        '',
        overAll(rows),
        '',
        besidePaper(rows),
        '',
        ...[...new Set(rows.map(({ gpu }) => gpu))].map((gpu) =>
          folded(`${gpu}, job by job`, jobTable(context, rows, gpu)),
        ),
        '',
        'Zeus here against Zeus’s own simulator, unmodified, on the same recordings: cost over the oracle’s.',
        '',
        againstSimulator(plain),
      ].join('\n'),
    };
  },
};

function overAll(rows: readonly Row[]): string {
  const names = [...new Set(rows.map(({ policy }) => policy))];
  const of = (policy: string, value: (row: Row) => number) => rows.filter((row) => row.policy === policy).map(value);
  return tableOf<string>(
    [
      { title: 'Over all jobs and GPUs', cell: (policy) => policy },
      { title: 'Regret', number: true, cell: (policy) => fixed(mean(of(policy, (row) => row.regret.mean)), 2) },
      {
        title: 'Cost / oracle',
        number: true,
        cell: (policy) => fixed(geometricMean(of(policy, (row) => row.costOverOracle)), 3),
      },
      {
        title: 'Cost',
        number: true,
        cell: (policy) => change(geometricMean(of(policy, (row) => row.costVsDefault))),
      },
      {
        title: 'Energy',
        number: true,
        cell: (policy) => change(geometricMean(of(policy, (row) => row.energyVsDefault))),
      },
      { title: 'Time', number: true, cell: (policy) => change(geometricMean(of(policy, (row) => row.timeVsDefault))) },
      {
        title: 'Energy, last five',
        number: true,
        cell: (policy) => change(geometricMean(of(policy, (row) => row.lastFive.energyVsDefault))),
      },
      {
        title: 'Time, last five',
        number: true,
        cell: (policy) => change(geometricMean(of(policy, (row) => row.lastFive.timeVsDefault))),
      },
      {
        title: 'Jobs dearer than untouched',
        number: true,
        cell: (policy) =>
          policy === 'default' ? '–' : String(of(policy, (row) => row.costVsDefault).filter((cost) => cost > 1).length),
      },
    ],
    names,
  );
}

/** The abstract's claim, on the GPU of the abstract. */
function besidePaper(rows: readonly Row[]): string {
  const v100 = (policy: string) => rows.filter((row) => row.gpu === 'v100' && row.policy === policy);
  const energy = (policy: string) => v100(policy).map(({ lastFive }) => 1 - lastFive.energyVsDefault);
  const time = (policy: string) => v100(policy).map(({ lastFive }) => 1 - lastFive.timeVsDefault);
  const range = (values: readonly number[]) =>
    values.length === 0 ? '–' : `${percent(Math.min(...values))} to ${percent(Math.max(...values))}`;
  const [least, most] = zeusPaper.energySaved;
  return tableOf<{ what: string; paper: string; of: (policy: string) => string }>(
    [
      { title: 'V100, last five recurrences', cell: ({ what }) => what },
      { title: 'Zeus’s paper', cell: ({ paper }) => paper },
      { title: 'Zeus here', cell: ({ of }) => of('zeus') },
      { title: 'wattbandit', cell: ({ of }) => of('wattbandit') },
    ],
    [
      {
        what: 'energy saved',
        paper: `${percent(least)} to ${percent(most)}`,
        of: (policy) => range(energy(policy)),
      },
      {
        what: 'time saved, at most',
        paper: percent(zeusPaper.timeSavedAtMost),
        of: (policy) =>
          range(
            time(policy)
              .toSorted((a, b) => b - a)
              .slice(0, 1),
          ).replace(/ to .*/, ''),
      },
    ],
  );
}

function jobTable({ worlds }: PaperContext, rows: readonly Row[], gpu: string): string {
  const own = rows.filter((row) => row.gpu === gpu);
  const jobs = [...new Set(own.map(({ job }) => job))];
  const bestOf = (job: string) => {
    const world = worlds.find((one) => one.gpus.model === gpu && one.job.id === job);
    if (world === undefined) return '–';
    const { batchSize, powerLimitWatts } = oracle(world, 0.5);
    return `${world.job.defaultBatchSize} → ${batchSize} at ${powerLimitWatts} W`;
  };
  return tableOf<Row>(
    [
      { title: 'Job', cell: ({ job }) => job },
      { title: 'Default → oracle', cell: ({ job }) => bestOf(job) },
      { title: 'Recurrences', number: true, cell: ({ recurrences }) => String(recurrences) },
      { title: 'Policy', cell: ({ policy }) => policy },
      { title: 'Regret', number: true, cell: ({ regret }) => `${fixed(regret.mean, 2)} ± ${fixed(regret.ci95, 2)}` },
      { title: 'Cost / oracle', number: true, cell: ({ costOverOracle }) => fixed(costOverOracle, 3) },
      { title: 'Cost', number: true, cell: ({ costVsDefault }) => change(costVsDefault) },
      { title: 'Energy', number: true, cell: ({ energyVsDefault }) => change(energyVsDefault) },
      { title: 'Time', number: true, cell: ({ timeVsDefault }) => change(timeVsDefault) },
      { title: 'Energy, last five', number: true, cell: ({ lastFive }) => change(lastFive.energyVsDefault) },
      { title: 'Time, last five', number: true, cell: ({ lastFive }) => change(lastFive.timeVsDefault) },
      { title: 'Failed runs', number: true, cell: ({ failedRuns }) => fixed(failedRuns, 1) },
    ],
    jobs.flatMap((job) => own.filter((row) => row.job === job)),
  );
}

function againstSimulator(rows: readonly Row[]): string {
  const compared = rows.flatMap((row) => {
    const [, recurrences, theirs] = zeusSimulator[row.gpu]?.find(([job]) => job === row.job) ?? [];
    return row.policy === 'zeus' && theirs !== undefined && recurrences === row.recurrences ? [{ row, theirs }] : [];
  });
  return tableOf<(typeof compared)[number]>(
    [
      { title: 'GPU', cell: ({ row }) => row.gpu },
      { title: 'Job', cell: ({ row }) => row.job },
      { title: 'Zeus’s simulator', number: true, cell: ({ theirs }) => fixed(theirs, 3) },
      { title: 'here', number: true, cell: ({ row }) => fixed(row.costOverOracle, 3) },
      { title: 'difference', number: true, cell: ({ row, theirs }) => fixed(row.costOverOracle - theirs, 3) },
    ],
    compared,
  );
}

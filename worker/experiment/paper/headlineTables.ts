/** The tables of the comparison: over all, beside the paper, job by job, and against Zeus's own simulator. */
import { oracle } from '../../../simulation/references';
import { geometricMean, mean } from '../../../simulation/statistics';
import type { Row } from '../../../simulation/sweep';
import { change, fixed, percent, tableOf } from './markdown';
import { zeusPaper, zeusSimulator } from './published';
import type { PaperContext } from './section';

export function overAll(rows: readonly Row[]): string {
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
export function besidePaper(rows: readonly Row[]): string {
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

export function jobTable(worlds: PaperContext['worlds'], rows: readonly Row[], gpu: string): string {
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

export function againstSimulator(rows: readonly Row[]): string {
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

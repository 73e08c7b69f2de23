/** How regret grows while a policy learns. */
import { type Row, summariseRows } from '../../../simulation/sweep';
import { mean } from '../../../simulation/statistics';
import { fixed, tableOf } from './markdown';
import { type Section, shown } from './section';

const lengths = [1, 2, 5, 10, 20, 50, 100];

const drawnPolicies = ['zeus', 'wattbandit'];

export const learning: Section = {
  name: 'learning',
  title: 'While they learn',
  async make({ play }) {
    const policies = ['grid-search', 'zeus', 'wattbandit'] as const;
    const rows = await play({ name: 'learning', policies: [...policies], recurrences: lengths });
    const summary = summariseRows(rows);
    const regret = (policy: string, length: number) =>
      summary.find((row) => row.policy === policy && row.recurrences === length)?.regret ?? Number.NaN;
    const { learningPicture } = await import('./pictures.js');
    const picture = learningPicture(
      drawnPolicies.map((policy) => ({ policy, points: lengths.map((length) => pointOf(rows, policy, length)) })),
      '95 % interval of the mean, over seeds',
    );
    return {
      pictures: [picture],
      text: [
        'Regret after so many recurrences, mean over all jobs and GPUs; η 0.5. The picture leaves grid search out, which would be all of it.',
        '',
        shown(picture),
        '',
        tableOf<string>(
          [
            { title: 'Policy', cell: (policy) => policy },
            ...lengths.map((length) => ({
              title: String(length),
              number: true as const,
              cell: (policy: string) => fixed(regret(policy, length), 2),
            })),
          ],
          policies,
        ),
      ].join('\n'),
    };
  },
};

/** Jobs are what they are; only the luck of the seeds is in the band. */
function pointOf(rows: readonly Row[], policy: string, recurrences: number) {
  const regrets = rows
    .filter((row) => row.policy === policy && row.recurrences === recurrences)
    .map((row) => row.regret);
  const centre = mean(regrets.map((regret) => regret.mean));
  const half = Math.hypot(...regrets.map(({ ci95 }) => ci95)) / regrets.length;
  return { recurrences, mean: centre, low: centre - half, high: centre + half };
}

/** How regret grows while a policy learns. */
import { summariseRows } from '../../../simulation/sweep';
import { fixed, tableOf } from './markdown';
import type { Section } from './section';

const lengths = [1, 2, 5, 10, 20, 50, 100];

export const learning: Section = {
  name: 'learning',
  title: 'While they learn',
  async make({ play }) {
    const policies = ['grid-search', 'zeus', 'wattbandit'] as const;
    const rows = await play({ name: 'learning', policies: [...policies], recurrences: lengths });
    const summary = summariseRows(rows);
    const regret = (policy: string, length: number) =>
      summary.find((row) => row.policy === policy && row.recurrences === length)?.regret ?? Number.NaN;
    return {
      text: [
        'Regret after so many recurrences, mean over all jobs and GPUs; η 0.5.',
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

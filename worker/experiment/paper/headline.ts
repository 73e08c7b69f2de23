/** The comparison of Zeus's paper: default, grid search, Zeus, ours and the oracle on every job and GPU. */
import { againstSimulator, besidePaper, jobTable, overAll } from './headlineTables';
import { folded } from './markdown';
import type { Section } from './section';

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
          folded(`${gpu}, job by job`, jobTable(context.worlds, rows, gpu)),
        ),
        '',
        'Zeus here against Zeus’s own simulator, unmodified, on the same recordings: cost over the oracle’s.',
        '',
        againstSimulator(plain),
      ].join('\n'),
    };
  },
};

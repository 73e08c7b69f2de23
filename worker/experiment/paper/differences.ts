/** What is not as in the papers, and why. */
import type { Section } from './section';

export const differences: Section = {
  name: 'differences',
  title: 'What differs from the papers',
  async make() {
    return {
      text: [
        '- **Sources of published figures.** 15.3 % to 75.8 % stands in the abstract of Zeus’s paper, 23.8 % to 74.7 % in its text. 3.0 % to',
        '  31.5 % and 60.6 % are as others quote them. Zeus’s bars and curves could not be had as numbers, so none is quoted. Chase’s two',
        '  figures are from its paper.',
        '- **GPUs.** The paper has a P100 too; its recordings do not lie here. `--traces` takes a directory that has them.',
        '- **Charging.** Each policy is charged for what it does. Zeus’s simulator charges the first run of a batch size one epoch at the mean',
        '  over all power limits; wattbandit is charged for windows of 50 steps at each limit and for its probes of other sizes. So the',
        '  difference between the two is that of policies and of ways of measuring together.',
        '- **Grid search.** The paper does not tell its order. Here it is the default size first, then from small to large, limits from high to',
        '  low; without stopping runs, and with Zeus’s β. Small sizes that never converge (MovieLens) make most of its regret.',
        '- **The oracle** is the best fixed choice in expectation, so that a lucky series can be cheaper than it.',
        '- **Drift and overlap** are made from the same recordings. Zeus’s are made from Capriccio and from the Alibaba trace, neither of which',
        '  lies here, so there is nothing published to put beside them.',
        '- **Chase** reports one run on one grid, whose intensities are not public, without batch size and η. Beside it stand its rule at the',
        '  η of its code, on a recording of the same GPU model and network, and other grids.',
        '- **Emissions** are of the GPU alone, with average and not marginal intensities; a change of limit takes no time.',
      ].join('\n'),
    };
  },
};

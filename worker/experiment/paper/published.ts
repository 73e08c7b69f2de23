/** Figures of others, with where they are from. Nothing here is computed. */

/**
 * Zeus's own simulator, unmodified (`ml-energy/zeus` at 75a8b93), over 20 seeds at η 0.5 and β 2: recurrences, cost over the oracle's,
 * and its standard deviation over seeds. Run for this project; the paper's own bars and curves could not be had as numbers.
 */
export const zeusSimulator: Readonly<
  Record<string, readonly (readonly [job: string, recurrences: number, costOverOracle: number, sd: number])[]>
> = {
  v100: [
    ['cifar100', 140, 1.07, 0.008],
    ['imagenet', 70, 1.063, 0.008],
    ['squad', 98, 1.018, 0.014],
    ['librispeech', 210, 1.037, 0.011],
    ['movielens-1m', 182, 1.075, 0.013],
    ['sentiment140', 70, 1.024, 0],
  ],
  a40: [
    ['cifar100', 180, 1.056, 0.007],
    ['imagenet', 108, 1.051, 0.011],
    ['squad', 126, 1.025, 0.01],
    ['librispeech', 108, 1.076, 0.003],
    ['movielens-1m', 216, 1.055, 0.011],
    ['sentiment140', 50, 1.088, 0.001],
  ],
  rtx6000: [
    ['cifar100', 160, 1.055, 0.029],
    ['imagenet', 64, 1.067, 0.009],
    ['squad', 96, 1.02, 0.005],
    ['librispeech', 176, 1.043, 0.003],
    ['movielens-1m', 208, 1.094, 0.014],
    ['sentiment140', 80, 1.027, 0],
  ],
};

/** Shares of energy or time, least and most over Zeus's six jobs on a V100; `most` of time alone is told. */
export const zeusPaper = {
  energySaved: [0.153, 0.758],
  timeSavedAtMost: 0.606,
  limitAloneSaves: [0.03, 0.315],
  bestChoiceSaves: [0.238, 0.747],
} as const;

/** Zeus's own simulator over eta at β 2, 20 seeds, means over the same jobs on four GPUs, P100 included: η, regret, cost over oracle. */
export const zeusSimulatorByEta: readonly (readonly [eta: number, regret: number, costOverOracle: number])[] = [
  [0, 6.97, 1.057],
  [0.25, 6.83, 1.056],
  [0.5, 6.73, 1.054],
  [0.75, 6.85, 1.055],
  [1, 7.18, 1.056],
];

/** Chase (Yang et al., arXiv 2303.02508): ResNet-50 on an A40 of 300 W, one run in Central US; η is the default of its code. */
export const chasePaper = { carbon: -0.136, time: 0.025, eta: 0.24, curve: 'a40-resnet50-b128' } as const;

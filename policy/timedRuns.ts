/** What imported runs say of epochs although nobody counted them: their time, divided by the time of an epoch. */
import type { Grid } from './epochs';
import { at, type Datum, type Gaussian, varianceAt } from './gaussianProcess';
import { type Memory, timedOf } from './memory';
import type { Parameters } from './parameters';

/** Only on the model of the question: on another one an epoch takes another time, which is not known. */
export interface Speed {
  readonly model: string;
  /** ln seconds per epoch at maximum power; at another limit all sizes take longer, much by the same factor. */
  readonly fullSpeed: Gaussian;
}

/** ln epochs of the sizes that were timed, all off by one unknown amount. */
export function timedData(memory: Memory, grid: Grid, { model, fullSpeed }: Speed, parameters: Parameters): Datum[] {
  const { runSd, timedSd } = parameters;
  return grid.sizes.flatMap((size, index) => {
    const { n, logs } = timedOf(memory, model, size);
    if (n === 0) return [];
    const variance = (runSd * runSd + timedSd * timedSd) / n + varianceAt(fullSpeed, index);
    return [{ index, value: logs / n - at(fullSpeed.mean, index), variance }];
  });
}

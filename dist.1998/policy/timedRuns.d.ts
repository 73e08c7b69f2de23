/** What imported runs say of epochs although nobody counted them: their time, divided by the time of an epoch. */
import type { Grid } from './epochs';
import { type Datum, type Gaussian } from './gaussianProcess';
import { type Memory } from './memory';
import type { Parameters } from './parameters';
/** Only on the model of the question: on another one an epoch takes another time, which is not known. */
export interface Speed {
    readonly model: string;
    /** ln seconds per epoch at maximum power; at another limit all sizes take longer, much by the same factor. */
    readonly fullSpeed: Gaussian;
}
/** ln epochs of the sizes that were timed, all off by one unknown amount. */
export declare function timedData(memory: Memory, grid: Grid, { model, fullSpeed }: Speed, parameters: Parameters): Datum[];
//# sourceMappingURL=timedRuns.d.ts.map
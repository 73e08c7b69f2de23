import type { PowerMeasurement } from './facts';
import { type Gaussian } from './gaussianProcess';
import type { Measurements } from './measurements';
import type { Parameters } from './parameters';
import { type Pace } from './powerLimit';
/** By index of the grid. */
export interface EpochCostBelief {
    /** ln joules of Zeus cost per epoch. */
    readonly cost: Gaussian;
    /** The limit that costs least at its pace; null where nothing was measured on this GPU model. */
    readonly chosen: readonly (PowerMeasurement | null)[];
}
/** `paces` says how slow the chosen limit may be, by index of the grid. */
export declare function believeEpochCosts(measurements: Measurements, eta: number, paces: readonly Pace[], parameters: Parameters): EpochCostBelief;
/** ln seconds per epoch at maximum power; the mean is exact where it was measured. */
export declare function believeFullSpeed(measurements: Measurements, parameters: Parameters): Gaussian;
//# sourceMappingURL=epochCost.d.ts.map
import { type CarbonCurve } from './carbonCurves';
import { type CarbonSeries } from './carbonSeries';
/** One zone for each recorded CSV file of a directory, in the order of their names. */
export declare function loadZones(directory: string, wanted?: readonly string[]): readonly CarbonSeries[];
/** By GPU, network and batch size, as a40-resnet50-b128; the usual four, or the largest batch of every job where those are not recorded. */
export declare function loadCurves(directory: string, wanted?: readonly string[]): readonly CarbonCurve[];
//# sourceMappingURL=tracesCarbon.d.ts.map
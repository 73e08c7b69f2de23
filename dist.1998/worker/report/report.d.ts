/** Runs put together to what a report says of each job and each day. */
import { type Emissions } from '../../policy/emissions';
import type { Reading } from './readRuns';
import type { Report } from './rows';
import type { Period, ReportedRun } from './runs';
import type { Settlement } from './settle';
export interface ReportParts {
    readonly period: Period;
    readonly runs: readonly ReportedRun[];
    readonly read: Reading;
    readonly settlement: Settlement;
}
export declare function reportOf({ period, runs, read, settlement }: ReportParts): Report;
export declare function emissionsOfRun({ joules, grid }: ReportedRun): Emissions;
/** Only of runs of one signal: others cannot be added up. */
export declare function emissionsOfAll(runs: readonly ReportedRun[]): Emissions;
//# sourceMappingURL=report.d.ts.map
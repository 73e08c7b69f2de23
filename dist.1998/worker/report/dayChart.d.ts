/** Bars of one signal by day, as SVG: what was emitted, beside the best static cap and maximum power. Of the runs that can be compared. */
import { type Markup } from './markup';
import type { DayRow } from './rows';
/** Empty where no day can be compared. */
export declare function dayChart(days: readonly DayRow[]): Markup;
//# sourceMappingURL=dayChart.d.ts.map
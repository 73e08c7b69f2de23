/** A report for a terminal. */
import type { Report } from '../report/rows';
import { type Style } from './text';
export declare function reportText(report: Report, style: Style): string;
//# sourceMappingURL=reportText.d.ts.map
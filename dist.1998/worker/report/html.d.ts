import type { Report } from './rows';
export declare function htmlOf(report: Report): string;
//# sourceMappingURL=html.d.ts.map
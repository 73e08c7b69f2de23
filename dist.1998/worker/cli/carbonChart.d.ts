/** Coming hours as bars on a terminal: long is dirty or dear. */
import type { Reading } from '../../activities/carbon/source';
import { type Style } from './text';
export declare function chart(readings: readonly Reading[], style: Style): string;
//# sourceMappingURL=carbonChart.d.ts.map
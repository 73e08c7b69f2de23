/** What all pictures share: axes that are named apart, and a grid behind. */
import * as Plot from '@observablehq/plot';
import { ink, quiet } from './colours';

/** Of a scale: a faint grid instead of ticks, its name by {@link valueName} or {@link baseName}. */
export const axis = { label: null, tickSize: 0, grid: ink } as const;

const name = { fill: quiet, className: 'axisName' };

/** Above the axis, so that no number is in its way; `marginTop` has to leave 24 pixels. */
export function valueName(text: string): Plot.Markish {
  return Plot.text([`↑ ${text}`], { ...name, frameAnchor: 'top-left', textAnchor: 'start', dx: -52, dy: -14 });
}

/** Below the end of the axis; `marginBottom` has to leave 44 pixels. */
export function baseName(text: string): Plot.Markish {
  return Plot.text([`${text} →`], { ...name, frameAnchor: 'bottom-right', textAnchor: 'end', dy: 38 });
}

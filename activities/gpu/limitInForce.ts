/** Which of the selectable limits stands for the one that is really in force: a site's policy clamps, drivers round. */
import { isNear } from './lease/limits';

/** The one nearest to `inForceWatts` that would be clamped to it as well: asking for it again brings the same limit back. */
export function selectableFor(wantedWatts: number, inForceWatts: number, selectable: readonly number[]): number {
  if (isNear(wantedWatts, inForceWatts)) return wantedWatts;
  const [low, high] = [Math.min(wantedWatts, inForceWatts), Math.max(wantedWatts, inForceWatts)];
  const same = selectable.filter((watts) => (watts > low && watts < high) || isNear(watts, inForceWatts));
  return inForceWatts < wantedWatts ? Math.min(wantedWatts, ...same) : Math.max(wantedWatts, ...same);
}

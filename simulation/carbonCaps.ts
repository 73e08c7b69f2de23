/** The best constant power of a slow-down: a cap, or two neighbouring ones in turn. */
import { type Ground, playRun, type RunFigures, speedOf, top, workHours } from './carbonRun';
import type { CarbonCurve } from './carbonCurves';

/** A corner of the least power at which a speed can be had. */
export interface Corner {
  readonly speed: number;
  readonly watts: number;
}

/** Lower convex hull of power over speed, the slowest first: between two corners one lets the two limits take turns. */
export function cornersOf(curve: CarbonCurve): readonly Corner[] {
  const corners: Corner[] = [];
  for (const at of curve.profile) {
    const next = { speed: speedOf(curve, at), watts: at.averageWatts };
    // A higher limit that is no faster draws no less.
    if (next.speed <= (corners.at(-1)?.speed ?? 0)) continue;
    while (isAbove(corners.at(-2), corners.at(-1), next)) corners.pop();
    corners.push(next);
  }
  return corners;
}

function isAbove(left: Corner | undefined, middle: Corner | undefined, right: Corner): boolean {
  if (left === undefined || middle === undefined) return false;
  return (
    (middle.watts - left.watts) * (right.speed - left.speed) >= (right.watts - left.watts) * (middle.speed - left.speed)
  );
}

export function wattsAtSpeed(corners: readonly Corner[], speed: number): number {
  const above = corners.find((corner) => corner.speed >= speed) ?? corners.at(-1);
  const below = corners.findLast((corner) => corner.speed <= speed) ?? corners[0];
  if (above === undefined || below === undefined) throw new Error('Cannot find a power: the curve has no limits.');
  if (above.speed <= below.speed) return above.watts;
  const share = (speed - below.speed) / (above.speed - below.speed);
  return below.watts + share * (above.watts - below.watts);
}

/** Every run exactly this much slower. */
export function playCapped(ground: Ground, starts: readonly number[], slowdown: number): readonly RunFigures[] {
  const averageWatts = wattsAtSpeed(cornersOf(ground.curve), 1 / (1 + slowdown));
  const limit = {
    ...top(ground.curve),
    averageWatts,
    secondsPerEpoch: top(ground.curve).secondsPerEpoch * (1 + slowdown),
  };
  return starts.map((start) => playRun(ground, start, () => limit));
}

/** The longest that a run may take here, in hours. */
export function longestHours(curve: CarbonCurve): number {
  return workHours / Math.min(...curve.profile.map((at) => speedOf(curve, at)));
}

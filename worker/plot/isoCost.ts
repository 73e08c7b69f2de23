/**
 * What costs the same as the cheapest point, as a line. These functions also run in the page, as they are: they may call each other,
 * and nothing else.
 */

/** Joules and seconds to Zeus cost, under some η; linear in both. */
export type CostOf = (joules: number, seconds: number) => number;

/** From where to where, in units of what is drawn and in pixels; both axes are logarithmic. */
export interface Frame {
  readonly seconds: readonly [number, number];
  readonly joules: readonly [number, number];
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

interface Run {
  readonly seconds: number;
  readonly joules: number;
}

/** The index of the cheapest; of several, the first. -1 of none. */
export function cheapestOf(runs: readonly Run[], costOf: CostOf): number {
  let best = -1;
  let least = Infinity;
  for (const [index, { joules, seconds }] of runs.entries()) {
    const cost = costOf(joules, seconds);
    if (cost < least) [best, least] = [index, cost];
  }
  return best;
}

/** An SVG path within the frame through all that costs so much. Cost is linear, so two of its values tell the line. */
export function isoCostPath(cost: number, costOf: CostOf, frame: Frame): string {
  const steps = Array.from({ length: 65 }, (_, step) => step / 64);
  const between = ([from, to]: readonly [number, number], share: number) => from * (to / from) ** share;
  const isWithin = (value: number, [from, to]: readonly [number, number]) => value >= from && value <= to;
  const byTime = steps.map((share) => {
    const seconds = between(frame.seconds, share);
    return { seconds, joules: (cost - costOf(0, seconds)) / costOf(1, 0) };
  });
  // Where it falls steeply, steps of energy are the closer ones.
  const byEnergy = steps.map((share) => {
    const joules = between(frame.joules, share);
    return { joules, seconds: (cost - costOf(joules, 0)) / costOf(0, 1) };
  });
  return [...byTime, ...byEnergy]
    .filter(({ seconds, joules }) => isWithin(seconds, frame.seconds) && isWithin(joules, frame.joules))
    .sort((a, b) => a.seconds - b.seconds || b.joules - a.joules)
    .map(({ seconds, joules }, index) => {
      const x = pixelOf(seconds, frame.seconds, frame.x).toFixed(1);
      const y = pixelOf(joules, frame.joules, frame.y).toFixed(1);
      return `${index === 0 ? 'M' : 'L'}${x},${y}`;
    })
    .join('');
}

export function pixelOf(
  value: number,
  [from, to]: readonly [number, number],
  [start, end]: readonly [number, number],
): number {
  return start + (Math.log(value / from) / Math.log(to / from)) * (end - start);
}

/** Where the ring around a run goes, and its name: to that side where there is room. */
export function placeOf({ seconds, joules }: Run, frame: Frame) {
  const x = pixelOf(seconds, frame.seconds, frame.x);
  const isLeft = x < (frame.x[0] + frame.x[1]) / 2;
  return {
    x: x.toFixed(1),
    y: pixelOf(joules, frame.joules, frame.y).toFixed(1),
    anchor: isLeft ? 'start' : 'end',
    dx: isLeft ? 13 : -13,
  };
}

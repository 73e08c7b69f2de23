/** The run of least carbon plus price times hours, knowing every hour to come. */
import type { Corner } from './carbonCaps';
import { gramsAt, type Ground, type RunFigures, workHours } from './carbonRun';

export interface KnownGrid {
  readonly ground: Ground;
  /** Of the lower convex hull of power over speed. */
  readonly corners: readonly Corner[];
  readonly start: number;
}

/** `price` in grams an hour. Cost is convex in the time taken, so the first end that satisfies is the best. */
export function bestRun(known: KnownGrid, price: number): RunFigures {
  for (let hours = 0; ; hours++) {
    const grams = gramsAt(known.ground, known.start + hours);
    const value = valueAtEnd(known.corners, grams, price);
    const before = during(known, hours, value);
    const last = cornerFor(known.corners, value / grams);
    if (before.work + last.speed < workHours) continue;
    if (before.work > workHours) return endingOnTheHour(known, hours, value);
    const share = (workHours - before.work) / last.speed;
    return { hours: hours + share, grams: before.grams + (share * last.watts * grams) / 1000 };
  }
}

/** What an hour's work at full speed is worth where ending neither gains nor loses, in grams; watts count as g/kWh times W. */
function valueAtEnd(corners: readonly Corner[], grams: number, price: number): number {
  return corners.reduce((least, { speed, watts }) => Math.min(least, (watts * grams + 1000 * price) / speed), Infinity);
}

/** The corner of most value less power. */
function cornerFor(corners: readonly Corner[], wattsPerSpeed: number): Corner {
  let low = 0;
  let high = corners.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const [slower, faster] = [corners[middle], corners[middle + 1]];
    if (slower === undefined || faster === undefined) break;
    if (faster.watts - slower.watts <= wattsPerSpeed * (faster.speed - slower.speed)) low = middle + 1;
    else high = middle;
  }
  const corner = corners[low];
  if (corner === undefined) throw new Error('Cannot choose a power: the curve has no limits.');
  return corner;
}

interface Done {
  readonly work: number;
  readonly grams: number;
}

function during({ ground, corners, start }: KnownGrid, hours: number, value: number): Done {
  let [work, emitted] = [0, 0];
  for (let hour = 0; hour < hours; hour++) {
    const grams = gramsAt(ground, start + hour);
    const { speed, watts } = cornerFor(corners, value / grams);
    work += speed;
    emitted += (watts * grams) / 1000;
  }
  return { work, grams: emitted };
}

/** Another hour would not pay, but this many are enough at less value than that: all of them, at the value that just does the work. */
function endingOnTheHour(known: KnownGrid, hours: number, enough: number): RunFigures {
  let [low, high] = [0, enough];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (during(known, hours, middle).work < workHours) low = middle;
    else high = middle;
  }
  const [less, more] = [during(known, hours, low), during(known, hours, high)];
  const share = more.work > less.work ? (workHours - less.work) / (more.work - less.work) : 1;
  return { hours, grams: less.grams + share * (more.grams - less.grams) };
}

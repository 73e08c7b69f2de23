/** The run of least grams plus price times hours, knowing every hour to come. Exact: tested against a linear program. */
import type { Corner } from './carbonCaps';
import { gramsAt, type Ground, type RunFigures, workHours } from './carbonRun';

export interface KnownGrid {
  readonly ground: Ground;
  /** Of the lower convex hull of power over speed, the slowest first. */
  readonly corners: readonly Corner[];
  readonly start: number;
}

/** A run, and the value of progress at which it is the best of its length: W·g/kWh for an hour's work at full speed. */
interface Ending {
  readonly run: RunFigures;
  readonly value: number;
}

/**
 * `price` in grams an hour. Within an hour the cost is convex in the time that the run takes, but a cleaner hour may follow a dirtier
 * one, so later ends are looked at too, wherever a bound of Lagrange's lets them be better.
 */
export function bestRun(known: KnownGrid, price: number): RunFigures {
  const costOf = ({ hours, grams }: RunFigures): number => grams + price * hours;
  let ending = firstEnding(known, price);
  let best = ending.run;
  // No run that ends between two hours costs less than the lower of the bounds at both. To the end of its own hour a run neither
  // gains nor loses.
  let bound = costOf(best);
  for (let hour = Math.ceil(best.hours); hour < longestHours(known); hour++) {
    const next = bound + gainOf(known, hour, ending.value) / 1000 + price;
    const mayBeLess = Math.min(bound, next) < costOf(best) && mayEndIn(known, hour, { price, value: ending.value });
    const later = mayBeLess ? endingIn(known, hour, price) : null;
    bound = next;
    if (later === null) continue;
    // The bound is sharp where an ending was found.
    ending = later;
    bound = costOf(later.run) + (later.run.hours > hour ? 0 : gainOf(known, hour, later.value) / 1000 + price);
    if (costOf(later.run) < costOf(best)) best = later.run;
  }
  return best;
}

/** After more hours than did the work at that value, no run ends where progress is worth more. */
function mayEndIn(
  { corners, ground, start }: KnownGrid,
  hour: number,
  { price, value }: { price: number; value: number },
): boolean {
  const valueIn = (at: number): number => valueAtEnd(corners, gramsAt(ground, start + at), price);
  return valueIn(hour) < value || valueIn(hour - 1) < value;
}

function firstEnding(known: KnownGrid, price: number): Ending {
  // At full speed the work takes this long.
  for (let hour = workHours - 1; ; hour++) {
    const ending = endingIn(known, hour, price);
    if (ending !== null) return ending;
  }
}

/** As long as the slowest run takes, or as the grid is known. */
function longestHours({ corners, ground, start }: KnownGrid): number {
  return Math.min(Math.ceil(workHours / (corners[0]?.speed ?? 1)), ground.gramsPerKwh.length - start);
}

/** Where stopping an instant later neither gains nor loses, in this hour or at its beginning; null: nowhere in it. */
function endingIn(known: KnownGrid, hour: number, price: number): Ending | null {
  const grams = gramsAt(known.ground, known.start + hour);
  const value = valueAtEnd(known.corners, grams, price);
  const before = during(known, hour, value);
  if (before.work > workHours) return gainsUntil(known, hour, price) ? endingOnTheHour(known, hour, value) : null;
  const last = cornerFor(known.corners, value / grams);
  const share = (workHours - before.work) / last.speed;
  if (share > 1) return null;
  return { run: { hours: hour + share, grams: before.grams + (share * last.watts * grams) / 1000 }, value };
}

/** Whether a run gains by lasting to the end of the hour before. */
function gainsUntil(known: KnownGrid, hour: number, price: number): boolean {
  const value = valueAtEnd(known.corners, gramsAt(known.ground, known.start + hour - 1), price);
  return during(known, hour, value).work <= workHours;
}

function valueAtEnd(corners: readonly Corner[], grams: number, price: number): number {
  return corners.reduce((least, { speed, watts }) => Math.min(least, (watts * grams + 1000 * price) / speed), Infinity);
}

/** The least of power times intensity minus value times speed, in that hour. */
function gainOf({ ground, corners, start }: KnownGrid, hour: number, value: number): number {
  const grams = gramsAt(ground, start + hour);
  const { speed, watts } = cornerFor(corners, value / grams);
  return watts * grams - value * speed;
}

function cornerFor(corners: readonly Corner[], wattsPerSpeed: number): Corner {
  let low = 0;
  let high = corners.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const slower = corners[middle];
    const faster = corners[middle + 1];
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

/** All of these hours, at the least value that does the work; in the hours on the edge two limits take turns. */
function endingOnTheHour(known: KnownGrid, hours: number, enough: number): Ending {
  let [low, high] = [0, enough];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (during(known, hours, middle).work < workHours) low = middle;
    else high = middle;
  }
  const [less, more] = [during(known, hours, low), during(known, hours, high)];
  const share = more.work > less.work ? (workHours - less.work) / (more.work - less.work) : 1;
  return { run: { hours, grams: less.grams + share * (more.grams - less.grams) }, value: high };
}

/** What a run drew under each reading of its grid, as far as there were readings. No I/O. */
import type { GridInterval, LimitHeld } from '../../policy/facts';

/** How a run stood, and when, by the grid's clock. */
export interface GridMoment {
  readonly at: string;
  readonly seconds: number;
  readonly joules: number;
  /** How long each limit was held until then. */
  readonly limits: readonly LimitHeld[];
}

/** What holds from a moment on. */
export interface GridTerms {
  readonly eta: number;
  readonly perKwh: number | null;
  readonly status: GridInterval['status'];
}

/** Three days of hours; longer runs keep coarser intervals. An observation is carried in history several times. */
const mostIntervals = 72;

export class GridLog {
  private closed: readonly GridInterval[] = [];
  private open: { readonly from: GridMoment; readonly terms: GridTerms };

  constructor(from: GridMoment, terms: GridTerms) {
    this.open = { from, terms };
  }

  note(moment: GridMoment, terms: GridTerms): void {
    this.closed = this.until(moment);
    if (this.closed.length > mostIntervals) this.closed = paired(this.closed);
    this.open = { from: moment, terms };
  }

  /** All intervals up to a moment; none is without duration. */
  until({ at, seconds, joules, limits }: GridMoment): readonly GridInterval[] {
    const { from, terms } = this.open;
    if (!(seconds > from.seconds)) return this.closed;
    const length = { seconds: seconds - from.seconds, joules: joules - from.joules };
    return [...this.closed, { fromAt: from.at, toAt: at, ...length, ...terms, ...heldLongest(from.limits, limits) }];
  }
}

/** Between two moments. */
function heldLongest(
  before: readonly LimitHeld[],
  limits: readonly LimitHeld[],
): Pick<GridInterval, 'powerLimitWatts'> {
  const secondsAt = (watts: number) => before.find((one) => one.powerLimitWatts === watts)?.seconds ?? 0;
  const held = limits.map(({ powerLimitWatts, seconds }) => ({
    powerLimitWatts,
    seconds: seconds - secondsAt(powerLimitWatts),
  }));
  const [longest] = held.toSorted((a, b) => b.seconds - a.seconds);
  return longest === undefined ? {} : { powerLimitWatts: longest.powerLimitWatts };
}

/** Half as many: two neighbours become one, with means over their energy and their time. */
function paired(intervals: readonly GridInterval[]): readonly GridInterval[] {
  return intervals.flatMap((one, i) => {
    if (i % 2 === 1) return [];
    const other = intervals[i + 1];
    return other === undefined ? [one] : [joined(one, other)];
  });
}

function joined(one: GridInterval, other: GridInterval): GridInterval {
  const seconds = one.seconds + other.seconds;
  const joules = one.joules + other.joules;
  const known = one.perKwh !== null && other.perKwh !== null;
  const longer = one.seconds < other.seconds ? other : one;
  return {
    ...(longer.powerLimitWatts === undefined ? {} : { powerLimitWatts: longer.powerLimitWatts }),
    fromAt: one.fromAt,
    toAt: other.toAt,
    seconds,
    joules,
    eta: (one.eta * one.seconds + other.eta * other.seconds) / seconds,
    perKwh: known && joules > 0 ? (one.perKwh * one.joules + other.perKwh * other.joules) / joules : null,
    status: one.status === other.status ? one.status : 'estimated',
  };
}

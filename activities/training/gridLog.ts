/** What a run drew under each reading of its grid, as far as there were readings. No I/O. */
import type { GridInterval } from '../../policy/facts';

/** How a run stood, and when, by the grid's clock. */
export interface GridMoment {
  readonly at: string;
  readonly seconds: number;
  readonly joules: number;
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
  until({ at, seconds, joules }: GridMoment): readonly GridInterval[] {
    const { from, terms } = this.open;
    if (!(seconds > from.seconds)) return this.closed;
    const length = { seconds: seconds - from.seconds, joules: joules - from.joules };
    return [...this.closed, { fromAt: from.at, toAt: at, ...length, ...terms }];
  }
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
  return {
    fromAt: one.fromAt,
    toAt: other.toAt,
    seconds,
    joules,
    eta: (one.eta * one.seconds + other.eta * other.seconds) / seconds,
    perKwh: known && joules > 0 ? (one.perKwh * one.joules + other.perKwh * other.joules) / joules : null,
    status: one.status === other.status ? one.status : 'estimated',
  };
}

import { GridLog, type GridMoment } from '../../activities/training/gridLog';
import type { LimitHeld } from '../../policy/facts';

const terms = { eta: 0.5, perKwh: 100, status: 'observed' } as const;

/** After so many hours, having held each limit for some of them. */
function moment(hours: number, held: Readonly<Record<number, number>>): GridMoment {
  const limits = Object.entries(held).map(([watts, of]): LimitHeld => {
    return { powerLimitWatts: Number(watts), seconds: of * 3600, joules: of * 3600 * Number(watts) };
  });
  const joules = limits.reduce((sum, limit) => sum + limit.joules, 0);
  return { at: new Date(Date.UTC(2026, 10, 1, hours)).toISOString(), seconds: hours * 3600, joules, limits };
}

describe('GridLog', () => {
  it('says of each interval which limit was held longest in it, not in the run', () => {
    const log = new GridLog(moment(0, {}), terms);
    log.note(moment(2, { 250: 2 }), terms);
    log.note(moment(3, { 250: 2.2, 150: 0.8 }), terms);
    const intervals = log.until(moment(4, { 250: 2.2, 150: 1.8 }));
    expect(intervals.map(({ powerLimitWatts }) => powerLimitWatts)).toEqual([250, 150, 150]);
  });

  it('says nothing where no limit is known', () => {
    const [interval] = new GridLog(moment(0, {}), terms).until(moment(1, {}));
    expect(Object.keys(interval!)).not.toContain('powerLimitWatts');
  });

  it('keeps energy, time and the longer limit when a long run makes two intervals one', () => {
    const log = new GridLog(moment(0, {}), terms);
    for (let hour = 1; hour <= 73; hour++)
      log.note(moment(hour, { 250: Math.min(hour, 3), 150: Math.max(0, hour - 3) }), terms);
    const intervals = log.until(moment(73, { 250: 3, 150: 70 }));
    expect(intervals).toHaveLength(37);
    expect(intervals.slice(0, 3).map(({ powerLimitWatts }) => powerLimitWatts)).toEqual([250, 250, 150]);
    expect(intervals.reduce((sum, { joules }) => sum + joules, 0)).toBeCloseTo(3600 * (3 * 250 + 70 * 150));
  });
});

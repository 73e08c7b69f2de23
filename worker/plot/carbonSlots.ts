/** Intervals of runs as they are drawn over time. */
import type { GridInterval } from '../../policy/facts';

/** An interval with its times as Plot wants them. */
export interface Slot extends GridInterval {
  /** In the order of runs. */
  readonly run: number;
  readonly batchSize: number;
  readonly from: Date;
  readonly to: Date;
  /** Mean power meanwhile. */
  readonly drawnWatts: number;
}

export function slotOf(interval: GridInterval, of: Pick<Slot, 'batchSize' | 'run'>): Slot {
  const [from, to] = [new Date(interval.fromAt), new Date(interval.toAt)];
  return { ...interval, ...of, from, to, drawnWatts: interval.joules / interval.seconds };
}

/** From the first to the last instant. */
export type Domain = readonly [Date, Date];

export const domainOf = (slots: readonly Slot[]): Domain => [earliest(slots), latest(slots)];

export function earliest(slots: readonly Slot[]): Date {
  return new Date(Math.min(...slots.map(({ from }) => from.getTime())));
}

export function latest(slots: readonly Slot[]): Date {
  return new Date(Math.max(...slots.map(({ to }) => to.getTime())));
}

/** Slots of a grid: equal parts of UTC time, for each of which a provider has one value. */
import { SourceError } from './error';
import type { Reading, TimeRange } from './source';

export type Clock = () => Date;
export const systemClock: Clock = () => new Date();

/** Of Unix time. */
export function secondsOf(instant: string | Date): number {
  return (typeof instant === 'string' ? Date.parse(instant) : instant.getTime()) / 1000;
}

export function instantAt(seconds: number): string {
  return new Date(Math.round(seconds * 1000)).toISOString();
}

export function slotStart(seconds: number, slotSeconds: number): number {
  return Math.floor(seconds / slotSeconds) * slotSeconds;
}

/** @throws SourceError `unusable` if there is none */
export function newestBegun(readings: readonly Reading[], nowSeconds: number): Reading {
  const begun = readings.filter(({ validFromAt }) => secondsOf(validFromAt) <= nowSeconds);
  const newest = begun.toSorted(byStart).at(-1);
  if (newest === undefined) throw new SourceError('unusable', 'it has no value of now or shortly before');
  return newest;
}

/** In order, one for each slot; of two for the same the later one in the answer. */
export function overlapping(readings: readonly Reading[], { fromAt, toAt }: TimeRange): readonly Reading[] {
  const inRange = readings.filter(
    ({ validFromAt, validToAt }) =>
      secondsOf(validToAt) > secondsOf(fromAt) && secondsOf(validFromAt) < secondsOf(toAt),
  );
  return [...new Map(inRange.map((reading) => [secondsOf(reading.validFromAt), reading])).values()].toSorted(byStart);
}

function byStart(a: Reading, b: Reading): number {
  return secondsOf(a.validFromAt) - secondsOf(b.validFromAt);
}

/** 0 while the slot lasts; then how long ago it ended. */
export function ageSeconds({ validToAt }: Reading, now: Date): number {
  return Math.max(0, secondsOf(now) - secondsOf(validToAt));
}

/** Coming hours as bars on a terminal: long is dirty or dear. */
import type { Reading } from '../../activities/carbon/source';
import { unitOf, valueOf, valueText } from './carbonReadings';
import { instant } from './numbers';
import { type Style, plain } from './text';

const widthOfAll = 40;
/** So that two days of five minutes fit on a few screens. */
const mostLines = 48;

export function chart(readings: readonly Reading[], style: Style): string {
  const [first] = readings;
  if (first === undefined) return '';
  const bars = merged(readings, Math.ceil(readings.length / mostLines));
  const values = bars.map(({ value }) => value);
  const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
  const cells = (value: number) => (high === low ? 0 : Math.round(((value - low) / (high - low)) * widthOfAll));
  const wide = Math.max(...values.map((value) => valueText(first, value).length));
  const cheapest = Math.min(...values);
  const { provider, zone, kind } = first;
  return [
    style.bold(plain(`${unitOf(first)}, ${kind}, ${zone} by ${provider}`)),
    ...bars.map(({ at, value }) => {
      const line = `${instant(at)}  ${valueText(first, value).padStart(wide)}  ${bar(cells(0), cells(value))}`;
      return value === cheapest ? style.good(line.trimEnd()) : line.trimEnd();
    }),
  ].join('\n');
}

/** From zero to the value, to the left of zero where a price is negative. */
function bar(zero: number, end: number): string {
  return ' '.repeat(Math.min(zero, end)) + (end < zero ? '░' : '█').repeat(Math.abs(end - zero));
}

interface Bar {
  readonly at: string;
  readonly value: number;
}

/** Means of so many slots each. */
function merged(readings: readonly Reading[], size: number): readonly Bar[] {
  return Array.from({ length: Math.ceil(readings.length / size) }, (_, i) => {
    const group = readings.slice(i * size, (i + 1) * size);
    const value = group.reduce((sum, reading) => sum + valueOf(reading), 0) / group.length;
    return { at: group[0]?.validFromAt ?? '', value };
  });
}

/** Readings as people and programs are told of them: value, unit, and how far to trust it. */
import { ageSeconds } from '../../activities/carbon/gridSlots';
import type { Reading, SourceFacts } from '../../activities/carbon/source';
import { duration, instant } from './numbers';
import { type Style, pairs, plain } from './text';

export function valueOf(reading: Reading): number {
  return reading.kind === 'price' ? reading.pricePerKwh : reading.gramsPerKwh;
}

export function unitOf(reading: Reading): string {
  return reading.kind === 'price' ? `${reading.currency}/kWh` : 'gCO2eq/kWh';
}

/** Grams to the gram, money to the hundredth of a cent. */
export function valueText(reading: Reading, value = valueOf(reading)): string {
  return value.toFixed(reading.kind === 'price' ? 4 : 0);
}

export type ReadingRow = Reading & { readonly unit: string };

export function readingRow(reading: Reading): ReadingRow {
  return { ...reading, unit: unitOf(reading) };
}

export function nowRow(reading: Reading, { slotSeconds }: SourceFacts, now: Date) {
  const age = ageSeconds(reading, now);
  return { ...readingRow(reading), ageSeconds: age, stale: age > slotSeconds };
}

export function nowText(row: ReturnType<typeof nowRow>, style: Style): string {
  const { provider, zone, kind, status, validFromAt, validToAt, issuedAt, stale, warnings = [] } = row;
  const age = row.ageSeconds === 0 ? 'of now' : `ended ${duration(row.ageSeconds)} ago`;
  return [
    `${style.bold(`${valueText(row)} ${row.unit}`)}  ${stale ? style.doubtful(`stale: ${age}`) : age}`,
    pairs([
      ['Provider', provider],
      ['Zone', zone],
      ['Kind', row.kind === 'price' || row.factorType === null ? kind : `${kind}, ${row.factorType}`],
      ['Slot', `${instant(validFromAt)} to ${instant(validToAt)}, ${status}`],
      ['Issued', instant(issuedAt)],
    ]),
    ...warnings.map((warning) => style.doubtful(plain(`The provider warns: ${warning}`))),
  ].join('\n');
}

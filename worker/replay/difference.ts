/** The first place at which a decision made again is another one. */

export interface Difference {
  /** Path, as `considered.3.predictedEpochs`. */
  readonly field: string;
  readonly recorded: unknown;
  readonly now: unknown;
}

/** `exact`: the same JSON. `close`: numbers within {@link closeShare}, numerals in texts within one unit of their last digit. */
export type Likeness = 'exact' | 'close';

/**
 * Recorded tables have six digits, and mathematical functions of other versions of Node may differ in the last of sixteen, which
 * may round the sixth the other way.
 */
export const closeShare = 1e-5;

/** Undefined where there is none. What is undefined is absent, as in JSON. */
export function firstDifference(
  recorded: unknown,
  now: unknown,
  likeness: Likeness,
  field = '',
): Difference | undefined {
  if (isFields(recorded) && isFields(now)) {
    for (const key of new Set([...Object.keys(recorded), ...Object.keys(now)])) {
      const found = firstDifference(recorded[key], now[key], likeness, field === '' ? key : `${field}.${key}`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return isSame(recorded, now, likeness) ? undefined : { field, recorded: recorded ?? null, now: now ?? null };
}

function isSame(recorded: unknown, now: unknown, likeness: Likeness): boolean {
  if (recorded === now) return true;
  if (likeness === 'exact') return false;
  if (typeof recorded === 'number' && typeof now === 'number') return isClose(recorded, now);
  return typeof recorded === 'string' && typeof now === 'string' && isCloseText(recorded, now);
}

function isClose(one: number, other: number): boolean {
  return Math.abs(one - other) <= closeShare * Math.max(Math.abs(one), Math.abs(other));
}

const numeral = /\d+(?:\.\d+)?/g;

function isCloseText(one: string, other: string): boolean {
  if (one.replace(numeral, '#') !== other.replace(numeral, '#')) return false;
  const others = other.match(numeral) ?? [];
  return (one.match(numeral) ?? []).every((text, index) => isCloseNumeral(text, others[index] ?? ''));
}

/** A hair more than one unit, as decimal fractions are not exact. */
function isCloseNumeral(one: string, other: string): boolean {
  const decimals = Math.max(decimalsOf(one), decimalsOf(other));
  return Math.abs(Number(one) - Number(other)) <= (decimals === 0 ? 0 : 1.001 * 10 ** -decimals);
}

function decimalsOf(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

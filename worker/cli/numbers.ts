/** Quantities as people read them. Absent ones are a dash. */

const absent = '–';

/** Three digits are enough to compare by. */
function short(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits);
}

function scaled(value: number, steps: readonly (readonly [unit: string, size: number])[]): string {
  const step = steps.find(([, size]) => Math.abs(value) >= size) ?? steps.at(-1);
  return step === undefined ? short(value) : `${short(value / step[1])} ${step[0]}`;
}

export function energy(joules: number | null | undefined): string {
  if (joules === null || joules === undefined || !Number.isFinite(joules)) return absent;
  return scaled(joules, [
    ['GJ', 1e9],
    ['MJ', 1e6],
    ['kJ', 1e3],
    ['J', 1],
  ]);
}

export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return absent;
  return scaled(seconds, [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ]);
}

export function watts(limit: number | null | undefined): string {
  return limit === null || limit === undefined ? absent : `${limit} W`;
}

/** A ratio as a percentage. */
export function percent(ratio: number | null | undefined): string {
  return ratio === null || ratio === undefined || !Number.isFinite(ratio) ? absent : `${(ratio * 100).toFixed(1)} %`;
}

/** A change against 1, with its sign. */
export function change(ratio: number | null | undefined): string {
  if (ratio === null || ratio === undefined || !Number.isFinite(ratio)) return absent;
  const text = percent(ratio - 1);
  return text.startsWith('-') ? `−${text.slice(1)}` : `+${text}`;
}

/** An instant to the minute, or to the second where that says more; UTC. */
export function instant(iso: string | null | undefined): string {
  if (iso === null || iso === undefined || Number.isNaN(Date.parse(iso))) return absent;
  return new Date(iso).toISOString().replace(/(:00)?\.\d{3}Z$/, 'Z');
}

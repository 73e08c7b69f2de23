/** A recording laid over the present: as it was, moved by days, or repeated end to end so that a demonstration never ends. */
import { SourceError } from './error';
import type { Row } from './recordedCsv';

const daySeconds = 86_400;

export interface Replay {
  /** How much later than it was recorded a value is played. */
  readonly shiftDays: number;
  /** Begins anew where it ends, after whole weeks (whole days if it is shorter), so that hours and weekdays stay what they were. */
  readonly repeat: boolean;
}

export interface PlayedSlot {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly value: number;
}

/** The slots that overlap a time, in order. A slot lasts until the next row, and at most as long as slots do. */
export function createPlayer(rows: readonly Row[], slotSeconds: number, { shiftDays, repeat }: Replay) {
  const start = (rows[0]?.atSeconds ?? 0) + shiftDays * daySeconds;
  const lengthSeconds = (rows.at(-1)?.atSeconds ?? 0) - (rows[0]?.atSeconds ?? 0) + slotSeconds;
  const period = repeat ? periodOf(lengthSeconds) : Infinity;
  const slots = rows.map(({ atSeconds, value }, i): PlayedSlot => {
    const fromSeconds = atSeconds + shiftDays * daySeconds;
    const next = (rows[i + 1]?.atSeconds ?? Infinity) + shiftDays * daySeconds;
    return { fromSeconds, toSeconds: Math.min(next, fromSeconds + slotSeconds), value };
  });
  const once = slots.filter(({ fromSeconds }) => fromSeconds < start + period);
  return (fromSeconds: number, toSeconds: number): readonly PlayedSlot[] => {
    const first = repeat ? Math.floor((fromSeconds - start) / period) - 1 : 0;
    const last = repeat ? Math.floor((toSeconds - start) / period) : 0;
    const turns = Array.from({ length: last - first + 1 }, (_, i) => (repeat ? (first + i) * period : 0));
    return turns.flatMap((offset) =>
      once
        .filter((slot) => slot.toSeconds + offset > fromSeconds && slot.fromSeconds + offset < toSeconds)
        .map((slot) => ({ ...slot, fromSeconds: slot.fromSeconds + offset, toSeconds: slot.toSeconds + offset })),
    );
  };
}

function periodOf(lengthSeconds: number): number {
  const unit = lengthSeconds >= 7 * daySeconds ? 7 * daySeconds : daySeconds;
  const period = Math.floor(lengthSeconds / unit) * unit;
  if (period > 0) return period;
  throw new SourceError('invalid', 'its recording is shorter than a day, too short to repeat');
}

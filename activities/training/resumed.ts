/** What a run drew before this attempt went on with it, by what the attempt that was lost said of itself. */
import { z } from 'zod';
import type { Meter } from '../gpu/meter';
import type { TrainingRun } from './trainer';

/** The last sign of life of an earlier attempt. */
export interface LastSeen {
  readonly seconds: number;
  readonly joules: number;
}

const lastSeenSchema = z.object({ seconds: z.number().positive(), joules: z.number().nonnegative() });

export function lastSeenIn(heartbeat: unknown): LastSeen | undefined {
  return lastSeenSchema.safeParse(heartbeat).data;
}

export interface Resumed {
  readonly meter: Meter;
  /** For people: how much of the energy is an estimate. Undefined for a run that this attempt began. */
  readonly remark: string | undefined;
}

/** Between the last sign of life and now it is taken to have drawn what it drew until then, on average. */
export function resumedMeter(meter: Meter, { resumedAtSeconds }: TrainingRun, seen: LastSeen | undefined): Resumed {
  if (resumedAtSeconds === undefined) return { meter, remark: undefined };
  const { seconds, joules } = seen ?? { seconds: 0, joules: 0 };
  const unseen = Math.max(0, resumedAtSeconds - seconds);
  const before = joules + (seconds > 0 ? (unseen * joules) / seconds : 0);
  const energy = seconds > 0 ? 'an estimate' : 'not counted';
  return {
    meter: {
      ...meter,
      joules: async () => before + (await meter.joules()),
      joulesAt: async (moment) => before + (await meter.joulesAt(moment)),
    },
    remark: `another worker began it and was lost; the energy of ${unseen.toFixed(1)} s in between is ${energy}`,
  };
}

/** Readings checked at the door: nothing negative, of the future, of another zone or kind gets to a decision. */
import { z } from 'zod';
import { SourceError } from './error';
import { secondsOf } from './gridSlots';
import type { Reading, SourceFacts } from './source';

/** The dirtiest grids have some 1000 g/kWh: more is a mistake of units. */
const maxGramsPerKwh = 3000;
/** Prices of scarcity are a few units of money for a kWh. */
const maxPricePerKwh = 1000;
const maxSlotSeconds = 86_400;
/** Clocks of provider and host differ a little. */
const skewSeconds = 60;

const instant = z.iso.datetime();
const slot = {
  provider: z.string().min(1).max(64),
  zone: z.string().min(1).max(64),
  validFromAt: instant,
  validToAt: instant,
  issuedAt: instant.nullable(),
  status: z.enum(['observed', 'estimated', 'forecast']),
  warnings: z.array(z.string().max(300)).max(8).optional(),
};

const readingSchema: z.ZodType<Reading> = z.discriminatedUnion('kind', [
  z.strictObject({
    ...slot,
    kind: z.enum(['average', 'marginal']),
    factorType: z.enum(['lifecycle', 'direct']).nullable(),
    gramsPerKwh: z.number().min(0).max(maxGramsPerKwh),
  }),
  z.strictObject({
    ...slot,
    kind: z.literal('price'),
    currency: z.string().regex(/^[A-Z]{3}$/),
    pricePerKwh: z.number().min(-maxPricePerKwh).max(maxPricePerKwh),
  }),
]);

/** @throws SourceError `unusable` */
export function checkedReading(reading: unknown, facts: SourceFacts): Reading {
  const parsed = readingSchema.safeParse(reading);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new SourceError('unusable', `it gives a value that cannot be (${issue?.path.join('.')}: ${issue?.message})`);
  }
  refuseOthers(parsed.data, facts);
  const { validFromAt, validToAt } = parsed.data;
  const seconds = secondsOf(validToAt) - secondsOf(validFromAt);
  if (seconds > 0 && seconds <= maxSlotSeconds) return parsed.data;
  throw new SourceError('unusable', `it gives a slot from ${validFromAt} to ${validToAt}, which is none`);
}

function refuseOthers(reading: Reading, facts: SourceFacts): void {
  for (const what of ['provider', 'zone', 'kind'] as const) {
    if (reading[what] === facts[what]) continue;
    throw new SourceError('unusable', `it gives ${what} ${reading[what]} where ${facts[what]} was asked for`);
  }
}

/** @throws SourceError `unusable` */
export function refuseFuture(reading: Reading, now: Date): Reading {
  if (secondsOf(reading.validFromAt) <= secondsOf(now) + skewSeconds) return reading;
  throw new SourceError('unusable', `it gives ${reading.validFromAt} for now; check the clock of this host`);
}

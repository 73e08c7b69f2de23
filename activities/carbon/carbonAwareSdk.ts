/** A carbon-aware-sdk WebAPI of one's own, in front of whatever backend it was given; which kind that has, only its owner knows. */
import { z } from 'zod';
import { instantAt, newestBegun, secondsOf, slotStart, systemClock } from './gridSlots';
import { createAsk } from './http';
import { type ProviderOptions, carbonReading, providerTime, refuseOther } from './provided';
import type { CarbonKind, CarbonReading, Source } from './source';

export interface CarbonAwareSdkOptions extends ProviderOptions {
  readonly baseUrl: string;
  /** A location of the SDK's: names of Azure or AWS regions. */
  readonly zone: string;
  readonly kind: CarbonKind;
  readonly slotMinutes?: number | undefined;
}

/** Minutes, or `hh:mm:ss` as .NET writes it. */
const duration = z.union([
  z.number().transform((minutes) => minutes * 60),
  z
    .string()
    .regex(/^\d\d:\d\d:\d\d/)
    .transform((text) => secondsOf(`1970-01-01T${text.slice(0, 8)}Z`)),
]);
const place = { location: z.string(), duration: duration.nullish() };
const emissions = z.array(z.object({ ...place, time: providerTime, rating: z.number() }));
const forecasts = z
  .array(
    z.object({
      generatedAt: providerTime.nullish(),
      location: z.string(),
      forecastData: z.array(z.object({ ...place, timestamp: providerTime, value: z.number() })),
    }),
  )
  .length(1);

export function createCarbonAwareSdk(options: CarbonAwareSdkOptions): Source {
  const { zone, kind, baseUrl, slotMinutes = 60, clock = systemClock, maxBytes } = options;
  const ask = createAsk({ baseUrl, clock, maxBytes });
  const facts = {
    provider: 'carbonAwareSdk',
    zone,
    kind,
    slotSeconds: slotMinutes * 60,
    historyHours: 24 * 7,
    forecastHours: 72,
  } as const;

  const readingOf = (location: string, told: Point): CarbonReading => {
    refuseOther('location', location, zone);
    const { fromSeconds, seconds, ...rest } = told;
    const toSeconds = fromSeconds + (seconds || facts.slotSeconds);
    return carbonReading(facts, { fromSeconds, toSeconds, ...rest });
  };
  const history: Source['history'] = async ({ fromAt: time, toAt: toTime }, abort) => {
    const query = { location: zone, time, toTime };
    const found = await ask({ path: '/emissions/bylocation', query, schema: emissions }, abort);
    // The SDK does not say whether its backend measured or estimated.
    return found.map(({ location, time: fromSeconds, duration: seconds, rating: gramsPerKwh }) =>
      readingOf(location, { fromSeconds, seconds, gramsPerKwh, status: 'estimated' }),
    );
  };
  return {
    facts,
    async now(abort) {
      const now = secondsOf(clock());
      const from = slotStart(now, facts.slotSeconds) - facts.slotSeconds;
      return newestBegun(await history({ fromAt: instantAt(from), toAt: instantAt(now) }, abort), now);
    },
    history,
    async forecast(_hours, abort) {
      const query = { location: zone };
      const found = await ask({ path: '/emissions/forecasts/current', query, schema: forecasts }, abort);
      return found.flatMap(({ generatedAt, forecastData }) =>
        forecastData.map(({ location, timestamp: fromSeconds, duration: seconds, value: gramsPerKwh }) =>
          readingOf(location, {
            fromSeconds,
            seconds,
            gramsPerKwh,
            status: 'forecast',
            issuedSeconds: generatedAt ?? undefined,
          }),
        ),
      );
    },
  };
}

interface Point {
  readonly fromSeconds: number;
  /** How long it is valid; a slot where that is not told. */
  readonly seconds: number | null | undefined;
  readonly gramsPerKwh: number;
  readonly status: CarbonReading['status'];
  readonly issuedSeconds?: number | undefined;
}

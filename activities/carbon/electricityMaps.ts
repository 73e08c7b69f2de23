/** Electricity Maps v3: average intensity by consumption, of most grids of the world, by a token. */
import { z } from 'zod';
import { SourceError } from './error';
import { secondsOf, systemClock } from './gridSlots';
import { createAsk } from './http';
import { type ProviderOptions, carbonReading, providerTime, refuseOther } from './provided';
import { type SecretRef, readSecret } from './secret';
import type { CarbonReading, FactorType, Source } from './source';

export interface ElectricityMapsOptions extends ProviderOptions {
  readonly zone: string;
  readonly token: SecretRef;
  readonly factorType?: FactorType | undefined;
  /** Finer than an hour needs a plan. */
  readonly slotMinutes?: 5 | 15 | 60 | undefined;
}

export const electricityMapsUrl = 'https://api.electricitymaps.com/v3';
const granularities = { 5: '5_minutes', 15: '15_minutes', 60: 'hourly' } as const;
const horizons = [6, 24, 48, 72] as const;

const entry = z.object({
  zone: z.string().optional(),
  carbonIntensity: z.number().nullable(),
  datetime: providerTime,
  updatedAt: providerTime.nullish(),
  isEstimated: z.boolean().nullish(),
  emissionFactorType: z.string().optional(),
});
type Entry = z.output<typeof entry>;
const latest = entry.extend({ zone: z.string() });
const past = z
  .object({ zone: z.string().optional(), history: z.array(entry).optional(), data: z.array(entry).optional() })
  .transform(({ zone, history, data }) => ({ zone, entries: history ?? data }));
const forecast = z.object({ zone: z.string(), forecast: z.array(entry), updatedAt: providerTime.nullish() });

export function createElectricityMaps(options: ElectricityMapsOptions): Source {
  const { zone, token, factorType = 'lifecycle', slotMinutes = 60, clock = systemClock, maxBytes } = options;
  const ask = createAsk({ baseUrl: options.baseUrl ?? electricityMapsUrl, clock, maxBytes });
  const facts = {
    provider: 'electricityMaps',
    zone,
    kind: 'average',
    slotSeconds: slotMinutes * 60,
    historyHours: 240,
    forecastHours: 72,
  } as const;
  const get = async <T>(what: string, schema: z.ZodType<T>, { query, abort }: Asked): Promise<T> => {
    const secret = await readSecret(token, 'token');
    return ask(
      {
        path: `/carbon-intensity/${what}`,
        query: {
          zone,
          emissionFactorType: factorType,
          temporalGranularity: granularities[slotMinutes],
          // Else a zone it does not know means the place of whoever asks.
          shouldUseFallbackCallerLookup: 'false',
          ...query,
        },
        headers: { 'auth-token': secret },
        secrets: [secret],
        schema,
      },
      abort,
    );
  };
  const readingOf = (from: Entry, status: CarbonReading['status'], issuedSeconds = from.updatedAt ?? undefined) => {
    refuseOther('zone', from.zone ?? zone, zone);
    refuseOther('emissionFactorType', from.emissionFactorType ?? factorType, factorType);
    const { carbonIntensity: gramsPerKwh, datetime } = from;
    if (gramsPerKwh === null) return [];
    const slot = { fromSeconds: datetime, toSeconds: datetime + facts.slotSeconds };
    return [carbonReading(facts, { ...slot, gramsPerKwh, status, issuedSeconds, factorType })];
  };
  return {
    facts,
    async now(abort) {
      const found = await get('latest', latest, { abort });
      const [reading] = readingOf(found, statusOf(found));
      if (reading === undefined) throw new SourceError('unusable', 'it has no value for now');
      return reading;
    },
    async history({ fromAt, toAt }, abort) {
      // The last day is free, ranges need a plan.
      const recent = secondsOf(fromAt) >= secondsOf(clock()) - 23 * 3600;
      const answer = recent
        ? await get('history', past, { abort })
        : await get('past-range', past, { query: { start: fromAt, end: toAt }, abort });
      refuseOther('zone', answer.zone ?? zone, zone);
      if (answer.entries === undefined) throw new SourceError('unusable', 'its answer has neither history nor data');
      return answer.entries.flatMap((one) => readingOf(one, statusOf(one)));
    },
    async forecast(hours, abort) {
      const horizonHours = String(horizons.find((horizon) => horizon >= hours) ?? horizons.at(-1));
      const answer = await get('forecast', forecast, { query: { horizonHours }, abort });
      refuseOther('zone', answer.zone, zone);
      return answer.forecast.flatMap((one) => readingOf(one, 'forecast', answer.updatedAt ?? undefined));
    },
  };
}

interface Asked {
  readonly query?: Readonly<Record<string, string>>;
  readonly abort?: AbortSignal | undefined;
}

function statusOf({ isEstimated }: Entry): CarbonReading['status'] {
  return isEstimated === false ? 'observed' : 'estimated';
}

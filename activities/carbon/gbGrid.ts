/** Great Britain by NESO's Carbon Intensity API: half-hours, forecasts of 48 h, no key. National, or one of its regions. */
import { z } from 'zod';
import { SourceError } from './error';
import { systemClock } from './gridSlots';
import { createAsk } from './http';
import { type ProviderOptions, carbonReading, providerTime } from './provided';
import type { CarbonReading, Source } from './source';

export interface GbGridOptions extends ProviderOptions {
  /** `GB`, a region's number from 1 to 17, or the outward part of a postcode. */
  readonly zone: string;
}

export const gbZone = /^(GB|[1-9]|1[0-7]|[A-Z]{1,2}\d[A-Z\d]?)$/;
export const gbGridUrl = 'https://api.carbonintensity.org.uk';

const periods = z.array(
  z.object({
    from: providerTime,
    to: providerTime,
    /** `actual` is null until the half-hour is over; regions have none. */
    intensity: z.object({ forecast: z.number().nullish(), actual: z.number().nullish() }),
  }),
);
type Periods = z.output<typeof periods>;
const national = z.object({ data: periods });
const region = z.object({ regionid: z.number().optional(), postcode: z.string().optional(), data: periods });
/** A list of one for now, the region itself for ranges. */
const regional = z.object({
  data: z.union([
    region,
    z
      .array(region)
      .length(1)
      .transform(([only]) => only),
  ]),
});

export function createGbGrid({ zone, baseUrl = gbGridUrl, clock = systemClock, maxBytes }: GbGridOptions): Source {
  const ask = createAsk({ baseUrl, clock, maxBytes });
  const facts = {
    provider: 'gbGrid',
    zone,
    kind: 'average',
    slotSeconds: 1800,
    // Of 14 days at most; the answer begins half an hour before what was asked for.
    historyHours: 13 * 24,
    forecastHours: 48,
  } as const;
  const path = (when: string) => (zone === 'GB' ? `/intensity${when}` : regionalPath(zone, when));
  const periodsOf = async (when: string, abort?: AbortSignal) => {
    if (zone === 'GB') return (await ask({ path: path(when), schema: national }, abort)).data;
    return ofZone(zone, (await ask({ path: path(when), schema: regional }, abort)).data);
  };
  const readings = async (when: string, abort?: AbortSignal) =>
    (await periodsOf(when, abort)).flatMap((period): readonly CarbonReading[] => {
      const { from, to, intensity } = period;
      const gramsPerKwh = intensity.actual ?? intensity.forecast;
      if (gramsPerKwh === null || gramsPerKwh === undefined) return [];
      const status = typeof intensity.actual === 'number' ? 'observed' : 'forecast';
      return [carbonReading(facts, { fromSeconds: from, toSeconds: to, gramsPerKwh, status })];
    });
  return {
    facts,
    async now(abort) {
      const [reading] = await readings('', abort);
      if (reading === undefined) throw new SourceError('unusable', 'it has no value for now');
      return reading;
    },
    history: ({ fromAt, toAt }, abort) => readings(`/${minuteOf(fromAt)}/${minuteOf(toAt)}`, abort),
    forecast: (hours, abort) => readings(`/${minuteOf(clock())}/${hours > 24 ? 'fw48h' : 'fw24h'}`, abort),
  };
}

function regionalPath(zone: string, when: string): string {
  const place = /^\d+$/.test(zone) ? `regionid/${zone}` : `postcode/${zone}`;
  return when === '' ? `/regional/${place}` : `/regional/intensity${when}/${place}`;
}

function ofZone(zone: string, answer: z.output<typeof region> | undefined): Periods {
  const told = answer === undefined ? undefined : /^\d+$/.test(zone) ? answer.regionid : answer.postcode;
  if (answer !== undefined && String(told) === zone) return answer.data;
  throw new SourceError('unusable', `it answers for ${told ?? 'no region'} where ${zone} was asked for`);
}

/** As the API writes instants. */
function minuteOf(at: string | Date): string {
  return new Date(at).toISOString().replace(/:\d\d\.\d{3}Z$/, 'Z');
}

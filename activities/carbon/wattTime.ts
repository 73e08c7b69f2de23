/** WattTime v3: the marginal rate of emissions every five minutes, by user name and password. Also the average one. */
import { z } from 'zod';
import { SourceError } from './error';
import { newestBegun, secondsOf, systemClock } from './gridSlots';
import { type Question, createAsk } from './http';
import { type ProviderOptions, carbonReading, providerTime, refuseOther } from './provided';
import type { CarbonKind, CarbonReading, Source } from './source';
import { type Credentials, createWattTimeToken } from './wattTimeToken';

export interface WattTimeOptions extends ProviderOptions, Credentials {
  /** A region of WattTime's, such as CAISO_NORTH. */
  readonly zone: string;
  readonly kind: CarbonKind;
}

export const wattTimeUrl = 'https://api.watttime.org';
const signals = { marginal: 'co2_moer', average: 'co2_aoer' } as const;
/** 1 lb/MWh. */
const gramsPerKwhOfPound = 0.45359237;
const usualSeconds = 300;

/** The length of a slot is spelt differently from answer to answer. */
const meta = z
  .looseObject({
    region: z.string(),
    signal_type: z.string(),
    units: z.literal('lbs_co2_per_mwh'),
    generated_at: providerTime.nullish(),
    warnings: z.array(z.unknown()).nullish(),
  })
  .transform((all) => {
    const [, seconds] = Object.entries(all).find(([key]) => /^data_point_period/.test(key)) ?? [];
    return { ...all, slotSeconds: typeof seconds === 'number' && seconds > 0 ? seconds : usualSeconds };
  });
const answer = z.object({ data: z.array(z.object({ point_time: providerTime, value: z.number() })), meta });
type Answer = z.output<typeof answer>;

export function createWattTime(options: WattTimeOptions): Source {
  const { zone, kind, clock = systemClock, maxBytes } = options;
  const ask = createAsk({ baseUrl: options.baseUrl ?? wattTimeUrl, clock, maxBytes });
  const token = createWattTimeToken(ask, options, clock);
  const facts = {
    provider: 'wattTime',
    zone,
    kind,
    slotSeconds: usualSeconds,
    historyHours: 30 * 24,
    forecastHours: 72,
  } as const;

  const askWith = (bearer: string, question: Question<Answer>, abort?: AbortSignal) =>
    ask({ ...question, headers: { authorization: `Bearer ${bearer}` }, secrets: [bearer] }, abort);
  const get = async (path: string, query: Readonly<Record<string, string>>, abort?: AbortSignal) => {
    const question = { path, query: { region: zone, signal_type: signals[kind], ...query }, schema: answer };
    const bearer = await token.get(abort);
    try {
      return await askWith(bearer, question, abort);
    } catch (error) {
      if (!(error instanceof SourceError && error.status === 401)) throw error;
      // Once: a token may end early, but credentials that are refused stay so.
      token.drop(bearer);
      return askWith(await token.get(abort), question, abort);
    }
  };
  const readings = ({ data, meta: about }: Answer, status: CarbonReading['status']) => {
    refuseOther('region', about.region, zone);
    refuseOther('signal_type', about.signal_type, signals[kind]);
    return data.map(({ point_time: fromSeconds, value }) =>
      carbonReading(facts, {
        fromSeconds,
        toSeconds: fromSeconds + about.slotSeconds,
        gramsPerKwh: value * gramsPerKwhOfPound,
        status,
        issuedSeconds: about.generated_at ?? undefined,
        warnings: warningsIn(about.warnings),
      }),
    );
  };
  return {
    facts,
    async now(abort) {
      const nowcast = await get('/v3/forecast', { horizon_hours: '0' }, abort);
      return newestBegun(readings(nowcast, 'estimated'), secondsOf(clock()));
    },
    history: async ({ fromAt, toAt }, abort) =>
      readings(await get('/v3/historical', { start: fromAt, end: toAt }, abort), 'observed'),
    forecast: async (hours, abort) =>
      readings(await get('/v3/forecast', { horizon_hours: String(Math.ceil(hours)) }, abort), 'forecast'),
  };
}

const warning = z.union([z.string(), z.object({ message: z.string() }).transform(({ message }) => message)]);

function warningsIn(warnings: readonly unknown[] | null | undefined): readonly string[] {
  const words = (warnings ?? []).flatMap((one) => warning.safeParse(one).data ?? []);
  return words.slice(0, 5).map((one) => one.slice(0, 200));
}

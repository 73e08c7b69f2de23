/** Day-ahead prices of European bidding zones by Fraunhofer ISE's Energy-Charts, no key. Those of tomorrow are known from about 13:00. */
import { z } from 'zod';
import { SourceError } from './error';
import { instantAt, newestBegun, secondsOf, systemClock } from './gridSlots';
import { createAsk } from './http';
import type { ProviderOptions } from './provided';
import type { PriceReading, Source, TimeRange } from './source';

export interface EnergyChartsOptions extends ProviderOptions {
  /** A bidding zone, such as DE-LU. */
  readonly zone: string;
}

export const energyChartsUrl = 'https://api.energy-charts.info';
const hourSeconds = 3600;

const answer = z.object({
  unix_seconds: z.array(z.int().min(0).max(4e9)),
  price: z.array(z.number().nullable()),
  unit: z.string(),
});
type Answer = z.output<typeof answer>;

export function createEnergyCharts({
  zone,
  baseUrl = energyChartsUrl,
  clock = systemClock,
  maxBytes,
}: EnergyChartsOptions): Source {
  const ask = createAsk({ baseUrl, clock, maxBytes });
  const facts = {
    provider: 'energyCharts',
    zone,
    kind: 'price',
    slotSeconds: hourSeconds,
    historyHours: 24 * 30,
    forecastHours: 36,
  } as const;

  const readings = async (range: TimeRange, abort?: AbortSignal): Promise<readonly PriceReading[]> => {
    const query = { bzn: zone, start: minuteOf(range.fromAt), end: minuteOf(range.toAt) };
    const found = await ask({ path: '/price', query, schema: answer }, abort);
    const currency = currencyOf(found);
    const now = secondsOf(clock());
    return slotsOf(found).map(({ fromSeconds, toSeconds, perMwh }) => ({
      provider: facts.provider,
      zone,
      kind: facts.kind,
      currency,
      pricePerKwh: perMwh / 1000,
      validFromAt: instantAt(fromSeconds),
      validToAt: instantAt(toSeconds),
      issuedAt: null,
      status: fromSeconds <= now ? 'observed' : 'forecast',
    }));
  };
  /** Somewhat more than is meant: a slot may have begun before, and the last one has its length from the one before. */
  const around = (fromSeconds: number, toSeconds: number) => ({
    fromAt: instantAt(fromSeconds - 3 * hourSeconds),
    toAt: instantAt(toSeconds + hourSeconds),
  });
  return {
    facts,
    async now(abort) {
      const now = secondsOf(clock());
      return newestBegun(await readings(around(now, now), abort), now);
    },
    history: ({ fromAt, toAt }, abort) => readings(around(secondsOf(fromAt), secondsOf(toAt)), abort),
    forecast: (hours, abort) => {
      const now = secondsOf(clock());
      return readings(around(now, now + hours * hourSeconds), abort);
    },
  };
}

interface PriceSlot {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly perMwh: number;
}

/** A slot ends where the next begins: hours in old data, quarters of hours since late 2025. */
function slotsOf({ unix_seconds: starts, price }: Answer): readonly PriceSlot[] {
  if (starts.length !== price.length) throw new SourceError('unusable', 'it gives not one price for each instant');
  const lengthAt = (i: number) => Math.min((starts[i + 1] ?? Infinity) - (starts[i] ?? 0), hourSeconds);
  return starts.flatMap((fromSeconds, i) => {
    const perMwh = price[i] ?? null;
    // The last one is as long as the one before it.
    const seconds = i === starts.length - 1 && i > 0 ? lengthAt(i - 1) : lengthAt(i);
    return perMwh === null ? [] : [{ fromSeconds, toSeconds: fromSeconds + seconds, perMwh }];
  });
}

function currencyOf({ unit }: Answer): string {
  const [, currency] = /^([A-Z]{3}) ?\/ ?MWh$/.exec(unit) ?? [];
  if (currency !== undefined) return currency;
  throw new SourceError('unusable', `it gives prices in ${unit.slice(0, 40)} where money for a MWh was expected`);
}

function minuteOf(at: string): string {
  return at.replace(/:\d\d\.\d{3}Z$/, 'Z');
}

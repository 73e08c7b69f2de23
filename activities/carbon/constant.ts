/** One value for ever: an annual mean, a tariff, or a grid that nobody tells of. */
import { instantAt, secondsOf, slotStart, systemClock, type Clock } from './gridSlots';
import type { CarbonKind, FactorType, Reading, Source, TimeRange } from './source';

export interface ConstantOptions {
  readonly zone: string;
  readonly value: ConstantValue;
  readonly clock?: Clock | undefined;
}

export type ConstantValue =
  | { readonly kind: CarbonKind; readonly gramsPerKwh: number; readonly factorType?: FactorType | undefined }
  | { readonly kind: 'price'; readonly pricePerKwh: number; readonly currency: string };

const slotSeconds = 3600;
const longestHours = 24 * 366;

export function createConstant({ zone, value, clock = systemClock }: ConstantOptions): Source {
  const { kind } = value;
  const facts = {
    provider: 'constant',
    zone,
    kind,
    slotSeconds,
    historyHours: longestHours,
    forecastHours: longestHours,
  };
  const readingAt = (fromSeconds: number): Reading => {
    const validFromAt = instantAt(fromSeconds);
    const validToAt = instantAt(fromSeconds + slotSeconds);
    const slot = {
      provider: facts.provider,
      zone,
      validFromAt,
      validToAt,
      issuedAt: null,
      status: 'estimated',
    } as const;
    if (value.kind === 'price')
      return { ...slot, kind: value.kind, currency: value.currency, pricePerKwh: value.pricePerKwh };
    return { ...slot, kind: value.kind, gramsPerKwh: value.gramsPerKwh, factorType: value.factorType ?? null };
  };
  const between = ({ fromAt, toAt }: TimeRange) => {
    const from = slotStart(secondsOf(fromAt), slotSeconds);
    const count = Math.max(0, Math.ceil((secondsOf(toAt) - from) / slotSeconds));
    return Array.from({ length: count }, (_, i) => readingAt(from + i * slotSeconds));
  };
  return {
    facts,
    now: async () => readingAt(slotStart(secondsOf(clock()), slotSeconds)),
    history: async (range) => between(range),
    forecast: async (hours) => {
      const now = secondsOf(clock());
      return between({ fromAt: instantAt(now), toAt: instantAt(now + hours * 3600) });
    },
  };
}

/** A source in words, as it stands in a configuration: which provider, which zone, which kind of signal. Secrets by reference. */
import { z } from 'zod';
import { type CachedOptions, type CachedSource, createCached } from './cached';
import { createCarbonAwareSdk } from './carbonAwareSdk';
import { createConstant } from './constant';
import { createElectricityMaps } from './electricityMaps';
import { createEnergyCharts } from './energyCharts';
import { createGbGrid, gbZone } from './gbGrid';
import { createRecorded } from './recorded';
import { secretRefSchema } from './secret';
import type { Source } from './source';
import { createWattTime } from './wattTime';

/** YAML reads `zone: 13` as a number. */
const zone = z.union([
  z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.:/-]{0,63}$/, 'must be the name of a zone'),
  z.int().min(0).transform(String),
]);
const carbonKind = z.enum(['average', 'marginal']);
const factorType = z.enum(['lifecycle', 'direct']);
const slotMinutes = z.int().min(1).max(1440);
const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency of three letters, as EUR');

/** A token must not travel in the open, nor stand in an address. */
const secureUrl = z
  .url({ protocol: /^https?$/, abort: true })
  .refine(isBare, 'must be an address without user, query or fragment')
  .refine((url) => /^https:/.test(url) || isLoopback(url), 'must begin with https://, for a secret goes there');
const openUrl = z
  .url({ protocol: /^https?$/, abort: true })
  .refine(isBare, 'must be an address without user, query or fragment');

const gbGrid = z.strictObject({
  provider: z.literal('gbGrid'),
  kind: z.literal('average'),
  zone: zone.pipe(z.string().regex(gbZone, 'must be GB, a region from 1 to 17, or the first half of a postcode')),
  baseUrl: openUrl.optional(),
});

const electricityMaps = z.strictObject({
  provider: z.literal('electricityMaps'),
  kind: z.literal('average'),
  zone,
  factorType: factorType.default('lifecycle'),
  token: secretRefSchema.default({ env: 'ELECTRICITYMAPS_TOKEN' }),
  slotMinutes: z.literal([5, 15, 60]).default(60),
  baseUrl: secureUrl.optional(),
});

const wattTime = z.strictObject({
  provider: z.literal('wattTime'),
  kind: carbonKind,
  zone,
  username: secretRefSchema.default({ env: 'WATTTIME_USERNAME' }),
  password: secretRefSchema.default({ env: 'WATTTIME_PASSWORD' }),
  baseUrl: secureUrl.optional(),
});

const carbonAwareSdk = z.strictObject({
  provider: z.literal('carbonAwareSdk'),
  /** That of its backend. */
  kind: carbonKind,
  zone,
  baseUrl: openUrl,
  slotMinutes: slotMinutes.default(60),
});

const energyCharts = z.strictObject({
  provider: z.literal('energyCharts'),
  kind: z.literal('price'),
  zone,
  baseUrl: openUrl.optional(),
});

const recordedFile = {
  provider: z.literal('recorded'),
  zone,
  /** CSV with a column of instants and one of values. */
  file: z.string().min(1),
  timeColumn: z.string().min(1).optional(),
  valueColumn: z.string().min(1).optional(),
  slotMinutes: slotMinutes.default(60),
  /** How much later than it was recorded a value is played. */
  shiftDays: z.int().min(-36_600).max(36_600).default(0),
  /** End to end, so that there always is a now. */
  repeat: z.boolean().default(false),
};
const recorded = z.discriminatedUnion('kind', [
  z.strictObject({ ...recordedFile, kind: carbonKind, factorType: factorType.optional() }),
  z.strictObject({ ...recordedFile, kind: z.literal('price'), currency, per: z.enum(['kWh', 'MWh']) }),
]);

const constantOf = { provider: z.literal('constant'), zone };
const constant = z.discriminatedUnion('kind', [
  z.strictObject({
    ...constantOf,
    kind: carbonKind,
    gramsPerKwh: z.number().min(0).max(3000),
    factorType: factorType.optional(),
  }),
  z.strictObject({ ...constantOf, kind: z.literal('price'), pricePerKwh: z.number(), currency }),
]);

export const sourceDescriptionSchema = z.discriminatedUnion('provider', [
  gbGrid,
  electricityMaps,
  wattTime,
  carbonAwareSdk,
  energyCharts,
  recorded,
  constant,
]);

export type SourceDescription = z.output<typeof sourceDescriptionSchema>;

/** Ready to be asked by all of a process: make one for each zone, and share it. */
export function createSource(description: SourceDescription, options: CachedOptions = {}): CachedSource {
  return createCached(adapterFor(description, options), options);
}

function adapterFor(description: SourceDescription, { clock }: CachedOptions): Source {
  switch (description.provider) {
    case 'gbGrid':
      return createGbGrid({ ...description, clock });
    case 'electricityMaps':
      return createElectricityMaps({ ...description, clock });
    case 'wattTime':
      return createWattTime({ ...description, clock });
    case 'carbonAwareSdk':
      return createCarbonAwareSdk({ ...description, clock });
    case 'energyCharts':
      return createEnergyCharts({ ...description, clock });
    case 'recorded': {
      const { timeColumn: time, valueColumn: value } = description;
      return createRecorded({ ...description, values: description, columns: { time, value }, clock });
    }
    case 'constant': {
      const { zone: where } = description;
      return createConstant({ zone: where, value: description, clock });
    }
  }
}

function isBare(text: string): boolean {
  const { username, password, search, hash } = new URL(text);
  return username === '' && password === '' && search === '' && hash === '';
}

function isLoopback(text: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(text).hostname);
}

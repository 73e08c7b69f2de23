/** `wattbandit carbon sources`: the providers there are, and whether what each needs is here. */
import { type Provider, providers } from '../../activities/carbon/catalogue';
import { SourceError } from '../../activities/carbon/error';
import { type SecretRef, readSecret } from '../../activities/carbon/secret';
import { type SourceDescription, sourceDescriptionSchema } from '../../activities/carbon/sourceDescription';
import type { Output } from './output';
import { type Column, plain, table } from './text';

interface SourceRow extends Provider {
  readonly signal: 'carbon' | 'price' | 'carbon or price';
  readonly configured: boolean;
  /** What it lacks; null where it can be asked. */
  readonly lacks: string | null;
}

/** Without a configuration it is looked whether secrets are where they usually are. */
export async function listSources(output: Output, configured: SourceDescription | undefined): Promise<void> {
  const rows = await Promise.all(providers.map((provider) => sourceRow(provider, configured)));
  output.many('sources', rows, () => [table(columns, rows), '', ...rows.flatMap(remark)].join('\n'));
}

async function sourceRow(entry: Provider, configured: SourceDescription | undefined): Promise<SourceRow> {
  const lacks = await lacking(descriptionOf(entry, configured));
  return { ...entry, signal: signalOf(entry), configured: lacks === null, lacks };
}

function signalOf({ kinds }: Provider): SourceRow['signal'] {
  if (!kinds.includes('price')) return 'carbon';
  return kinds.length === 1 ? 'price' : 'carbon or price';
}

/** That of the configuration, else the least that could be one. */
function descriptionOf({ provider, kinds }: Provider, configured: SourceDescription | undefined) {
  if (configured?.provider === provider) return sourceDescriptionSchema.safeParse(configured);
  const zone = provider === 'gbGrid' ? 'GB' : 'any';
  return sourceDescriptionSchema.safeParse({ provider, kind: kinds[0], zone });
}

async function lacking({ data, error }: ReturnType<typeof descriptionOf>): Promise<string | null> {
  if (data === undefined) return `needs ${error?.issues.map(({ path }) => path.join('.')).join(', ')}`;
  try {
    for (const [purpose, ref] of secretsOf(data)) await readSecret(ref, purpose);
    return null;
  } catch (reason) {
    return reason instanceof SourceError ? reason.reason : 'its secrets cannot be read';
  }
}

function secretsOf(description: SourceDescription): readonly (readonly [purpose: string, ref: SecretRef])[] {
  if (description.provider === 'electricityMaps') return [['token', description.token]];
  if (description.provider !== 'wattTime') return [];
  return [
    ['user name', description.username],
    ['password', description.password],
  ];
}

const columns: readonly Column<SourceRow>[] = [
  { title: 'Source', cell: ({ provider }) => provider },
  { title: 'Signal', cell: ({ signal }) => signal },
  { title: 'Kind', cell: ({ kinds }) => kinds.join(', ') },
  { title: 'Key', cell: ({ needsKey }) => (needsKey ? 'needed' : 'none') },
  { title: 'Every', align: 'right', cell: ({ cadenceMinutes }) => `${cadenceMinutes} min` },
  {
    title: 'Forecast',
    align: 'right',
    cell: ({ forecastHours }) => (forecastHours > 999 ? 'any' : `${forecastHours} h`),
  },
  { title: 'Configured', cell: ({ configured }) => (configured ? 'yes' : 'no') },
  { title: 'Covers', cell: ({ covers }) => covers },
];

function remark({ provider, licence, lacks }: SourceRow): readonly string[] {
  return [plain(`${provider}: licence ${licence}${lacks === null ? '' : `; ${lacks}`}`)];
}

/** How commands come by a carbon or price source: flags, or a worker's configuration. */
import { type Command, Option } from 'commander';
import type { z } from 'zod';
import { providers } from '../../activities/carbon/catalogue';
import type { SecretRef } from '../../activities/carbon/secret';
import { kinds } from '../../activities/carbon/source';
import { type SourceDescription, sourceDescriptionSchema } from '../../activities/carbon/sourceDescription';
import { workerConfigSchema } from '../config';
import { WattbanditError } from '../errors';
import { readYamlFile } from '../yamlFile';
import { ruleFor } from '../yamlRules';
import { finiteNumber, wholeNumber } from './options';

/** Flags are named as the keys of a description, but for these. */
export interface CarbonOptions {
  readonly config?: string;
  readonly source?: string;
}

export function addCarbonOptions(command: Command): Command {
  const flags = [
    new Option('-c, --config <file>', 'worker configuration (YAML) with a carbon section'),
    new Option('--source <provider>', 'which one (default: gbGrid)').choices(providers.map(({ provider }) => provider)),
    new Option('--zone <zone>', "in the provider's words, as 13, DE or CAISO_NORTH (gbGrid: GB)"),
    new Option('--kind <kind>', 'where the provider has more than one').choices(kinds),
    new Option('--factor-type <type>', 'electricityMaps, recorded, constant').choices(['lifecycle', 'direct']),
    new Option('--token <env:NAME|file:path>', 'electricityMaps: where its token is').argParser(secretRef),
    new Option('--username <env:NAME|file:path>', 'wattTime: where its user name is').argParser(secretRef),
    new Option('--password <env:NAME|file:path>', 'wattTime: where its password is').argParser(secretRef),
    new Option('--base-url <url>', 'where the provider is; carbonAwareSdk needs it'),
    new Option('--slot-minutes <n>', 'how often there is a new value').argParser(wholeNumber),
    new Option('--file <csv>', 'recorded: the file'),
    new Option('--time-column <title>', 'recorded: which column holds instants, if it is not clear'),
    new Option('--value-column <title>', 'recorded: which column holds values, if it is not clear'),
    new Option('--shift-days <n>', 'recorded: play it so much later').argParser(finiteNumber),
    new Option('--repeat', 'recorded: play it end to end'),
    new Option('--per <unit>', 'recorded price: of a kWh or a MWh').choices(['kWh', 'MWh']),
    new Option('--grams-per-kwh <g>', 'constant').argParser(finiteNumber),
    new Option('--price-per-kwh <money>', 'constant price').argParser(finiteNumber),
    new Option('--currency <code>', 'recorded and constant price, as EUR'),
  ];
  for (const flag of flags) command.addOption(flag.attributeName() === 'config' ? flag : flag.conflicts('config'));
  return command;
}

/** null where it is none, for the schema to refuse: commander would quote what may be the secret itself. */
function secretRef(text: string): SecretRef | null {
  const [, kind, place = ''] = /^(env|file):(.+)$/.exec(text) ?? [];
  if (kind === undefined) return null;
  return kind === 'env' ? { env: place } : { file: place };
}

/**
 * A wrong flag is a usage error.
 * @throws WattbanditError `invalid` for a configuration without a carbon section
 */
export async function describedSource(options: CarbonOptions, command: Command): Promise<SourceDescription> {
  if (options.config !== undefined) return configuredSource(options.config);
  const own = new Set(command.options.map((option) => option.attributeName()));
  const flags = Object.entries(options).filter(([name]) => own.has(name) && name !== 'source' && name !== 'config');
  const provider = options.source ?? 'gbGrid';
  const [kind, ...others] = providers.find((one) => one.provider === provider)?.kinds ?? [];
  const described = {
    provider,
    ...(others.length === 0 && { kind }),
    ...(provider === 'gbGrid' && { zone: 'GB' }),
    ...Object.fromEntries(flags),
  };
  const parsed = sourceDescriptionSchema.safeParse(described, { error: ruleFor });
  if (parsed.success) return parsed.data;
  return command.error(parsed.error.issues.map((issue) => usageText(provider, issue)).join('\n'));
}

async function configuredSource(file: string): Promise<SourceDescription> {
  const { carbon } = await readYamlFile(file, workerConfigSchema);
  if (carbon !== undefined) return carbon;
  throw new WattbanditError('invalid', `Cannot read a grid: ${file} has no carbon section; see docs/carbon.md.`);
}

function usageText(provider: string, issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `error: ${provider} takes no ${issue.keys.map(flagFor).join(', ')}`;
  return `error: ${provider} ${flagFor(String(issue.path[0] ?? 'source'))}: ${issue.message}`;
}

function flagFor(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

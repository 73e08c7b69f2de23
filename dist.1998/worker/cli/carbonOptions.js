"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.addCarbonOptions = addCarbonOptions;
exports.describedSource = describedSource;
/** How commands come by a carbon or price source: flags, or a worker's configuration. */
const commander_1 = require("commander");
const catalogue_1 = require("../../activities/carbon/catalogue");
const source_1 = require("../../activities/carbon/source");
const sourceDescription_1 = require("../../activities/carbon/sourceDescription");
const config_1 = require("../config");
const errors_1 = require("../errors");
const yamlFile_1 = require("../yamlFile");
const yamlRules_1 = require("../yamlRules");
const options_1 = require("./options");
function addCarbonOptions(command) {
    const flags = [
        new commander_1.Option('-c, --config <file>', 'worker configuration (YAML) with a carbon section'),
        new commander_1.Option('--source <provider>', 'which one (default: gbGrid)').choices(catalogue_1.providers.map(({ provider }) => provider)),
        new commander_1.Option('--zone <zone>', "in the provider's words, as 13, DE or CAISO_NORTH (gbGrid: GB)"),
        new commander_1.Option('--kind <kind>', 'where the provider has more than one').choices(source_1.kinds),
        new commander_1.Option('--factor-type <type>', 'electricityMaps, recorded, constant').choices(['lifecycle', 'direct']),
        new commander_1.Option('--token <env:NAME|file:path>', 'electricityMaps: where its token is').argParser(secretRef),
        new commander_1.Option('--username <env:NAME|file:path>', 'wattTime: where its user name is').argParser(secretRef),
        new commander_1.Option('--password <env:NAME|file:path>', 'wattTime: where its password is').argParser(secretRef),
        new commander_1.Option('--base-url <url>', 'where the provider is; carbonAwareSdk needs it'),
        new commander_1.Option('--slot-minutes <n>', 'how often there is a new value').argParser(options_1.wholeNumber),
        new commander_1.Option('--file <csv>', 'recorded: the file'),
        new commander_1.Option('--time-column <title>', 'recorded: which column holds instants, if it is not clear'),
        new commander_1.Option('--value-column <title>', 'recorded: which column holds values, if it is not clear'),
        new commander_1.Option('--shift-days <n>', 'recorded: play it so much later').argParser(options_1.finiteNumber),
        new commander_1.Option('--repeat', 'recorded: play it end to end'),
        new commander_1.Option('--per <unit>', 'recorded price: of a kWh or a MWh').choices(['kWh', 'MWh']),
        new commander_1.Option('--grams-per-kwh <g>', 'constant').argParser(options_1.finiteNumber),
        new commander_1.Option('--price-per-kwh <money>', 'constant price').argParser(options_1.finiteNumber),
        new commander_1.Option('--currency <code>', 'recorded and constant price, as EUR'),
    ];
    for (const flag of flags)
        command.addOption(flag.attributeName() === 'config' ? flag : flag.conflicts('config'));
    return command;
}
/** null where it is none, for the schema to refuse: commander would quote what may be the secret itself. */
function secretRef(text) {
    const [, kind, place = ''] = /^(env|file):(.+)$/.exec(text) ?? [];
    if (kind === undefined)
        return null;
    return kind === 'env' ? { env: place } : { file: place };
}
/**
 * A wrong flag is a usage error.
 * @throws WattbanditError `invalid` for a configuration without a carbon section
 */
async function describedSource(options, command) {
    if (options.config !== undefined)
        return configuredSource(options.config);
    const own = new Set(command.options.map((option) => option.attributeName()));
    const flags = Object.entries(options).filter(([name]) => own.has(name) && name !== 'source' && name !== 'config');
    const provider = options.source ?? 'gbGrid';
    const [kind, ...others] = catalogue_1.providers.find((one) => one.provider === provider)?.kinds ?? [];
    const described = {
        provider,
        ...(others.length === 0 && { kind }),
        ...(provider === 'gbGrid' && { zone: 'GB' }),
        ...Object.fromEntries(flags),
    };
    const parsed = sourceDescription_1.sourceDescriptionSchema.safeParse(described, { error: yamlRules_1.ruleFor });
    if (parsed.success)
        return parsed.data;
    return command.error(parsed.error.issues.map((issue) => usageText(provider, issue)).join('\n'));
}
async function configuredSource(file) {
    const { carbon } = await (0, yamlFile_1.readYamlFile)(file, config_1.workerConfigSchema);
    if (carbon !== undefined)
        return carbon;
    throw new errors_1.WattbanditError('invalid', `Cannot read a grid: ${file} has no carbon section; see docs/carbon.md.`);
}
function usageText(provider, issue) {
    if (issue.code === 'unrecognized_keys')
        return `error: ${provider} takes no ${issue.keys.map(flagFor).join(', ')}`;
    return `error: ${provider} ${flagFor(String(issue.path[0] ?? 'source'))}: ${issue.message}`;
}
function flagFor(key) {
    return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
//# sourceMappingURL=carbonOptions.js.map
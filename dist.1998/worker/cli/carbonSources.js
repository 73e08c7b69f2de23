"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.listSources = listSources;
/** `wattbandit carbon sources`: the providers there are, and whether what each needs is here. */
const catalogue_1 = require("../../activities/carbon/catalogue");
const error_1 = require("../../activities/carbon/error");
const secret_1 = require("../../activities/carbon/secret");
const sourceDescription_1 = require("../../activities/carbon/sourceDescription");
const text_1 = require("./text");
/** Without a configuration it is looked whether secrets are where they usually are. */
async function listSources(output, configured) {
    const rows = await Promise.all(catalogue_1.providers.map((provider) => sourceRow(provider, configured)));
    output.many('sources', rows, () => [(0, text_1.table)(columns, rows), '', ...rows.flatMap(remark)].join('\n'));
}
async function sourceRow(entry, configured) {
    const lacks = await lacking(descriptionOf(entry, configured));
    return { ...entry, signal: signalOf(entry), configured: lacks === null, lacks };
}
function signalOf({ kinds }) {
    if (!kinds.includes('price'))
        return 'carbon';
    return kinds.length === 1 ? 'price' : 'carbon or price';
}
/** That of the configuration, else the least that could be one. */
function descriptionOf({ provider, kinds }, configured) {
    if (configured?.provider === provider)
        return sourceDescription_1.sourceDescriptionSchema.safeParse(configured);
    const zone = provider === 'gbGrid' ? 'GB' : 'any';
    return sourceDescription_1.sourceDescriptionSchema.safeParse({ provider, kind: kinds[0], zone });
}
async function lacking({ data, error }) {
    if (data === undefined)
        return `needs ${error?.issues.map(({ path }) => path.join('.')).join(', ')}`;
    try {
        for (const [purpose, ref] of secretsOf(data))
            await (0, secret_1.readSecret)(ref, purpose);
        return null;
    }
    catch (reason) {
        return reason instanceof error_1.SourceError ? reason.reason : 'its secrets cannot be read';
    }
}
function secretsOf(description) {
    if (description.provider === 'electricityMaps')
        return [['token', description.token]];
    if (description.provider !== 'wattTime')
        return [];
    return [
        ['user name', description.username],
        ['password', description.password],
    ];
}
const columns = [
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
function remark({ provider, licence, lacks }) {
    return [(0, text_1.plain)(`${provider}: licence ${licence}${lacks === null ? '' : `; ${lacks}`}`)];
}
//# sourceMappingURL=carbonSources.js.map
"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.ruleFor = ruleFor;
exports.remedyFor = remedyFor;
exports.nearest = nearest;
/** What the values of a file must be, in words, and what to write instead. */
const fastest_levenshtein_1 = require("fastest-levenshtein");
const zod_1 = require("zod");
const words = {
    string: 'text',
    number: 'a finite number',
    int: 'a whole number',
    array: 'a list',
    object: 'a map of keys and values',
    boolean: 'true or false',
};
/** The rule an issue breaks; becomes its message unless the schema has words of its own. */
function ruleFor(issue) {
    if (issue.code === 'invalid_type')
        return `must be ${words[issue.expected] ?? issue.expected}`;
    if (issue.code === 'invalid_value')
        return oneOf(issue.values);
    if (issue.code === 'invalid_union')
        return issue.errors.length === 0 ? oneOf(optionsOf(issue)) : unionRule(issue.errors);
    if (issue.code === 'too_small')
        return boundRule(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum);
    if (issue.code === 'too_big')
        return boundRule(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
    return issue.message ?? 'must follow the schema';
}
/** `key`: the unknown key that the issue is about. */
function remedyFor(issue, schema, key) {
    const near = key === undefined ? nearestValue(issue) : nearest(key, keysAt(schema, issue.path));
    return `${near === undefined ? '' : `did you mean ${near}?  `}see \`wattbandit config schema\``;
}
function oneOf(values) {
    return values.length === 1 ? `must be ${String(values[0])}` : `must be one of ${values.join(', ')}`;
}
function optionsOf(issue) {
    return 'options' in issue && Array.isArray(issue.options) ? issue.options : ['the names in the schema'];
}
function unionRule(errors) {
    const rules = errors.flatMap((alternative) => alternative[0]?.message.replace(/^must be /, '') ?? []);
    return `must be ${rules.join(' or ')}`;
}
function boundRule(origin, relation, limit) {
    const [one, many] = { array: ['entry', 'entries'], string: ['character', 'characters'] }[origin] ?? [];
    if (one === undefined)
        return `must be ${relation} ${limit}`;
    return `must have ${relation} ${limit} ${Number(limit) === 1 ? one : many}`;
}
function nearestValue(issue) {
    const { input } = issue;
    const values = issue.code === 'invalid_value' ? issue.values : [];
    return typeof input === 'string' ? nearest(input, values.map(String)) : undefined;
}
/** The most similar word, if it is similar at all: a third of the letters may differ, at least two. */
function nearest(word, known) {
    if (known.length === 0)
        return undefined;
    const best = (0, fastest_levenshtein_1.closest)(word, [...known]);
    return (0, fastest_levenshtein_1.distance)(word.toLowerCase(), best.toLowerCase()) <= Math.max(2, word.length / 3) ? best : undefined;
}
const jsonSchema = zod_1.z.lazy(() => zod_1.z.object({
    properties: zod_1.z.record(zod_1.z.string(), jsonSchema).optional(),
    anyOf: zod_1.z.array(jsonSchema).optional(),
    oneOf: zod_1.z.array(jsonSchema).optional(),
}));
/** The keys that the schema knows at `path`, in every alternative. */
function keysAt(schema, path) {
    const root = jsonSchema.parse(zod_1.z.toJSONSchema(schema, { io: 'input' }));
    const at = path.reduce((nodes, key) => nodes.flatMap(alternatives).flatMap((node) => node.properties?.[String(key)] ?? []), [root]);
    return at.flatMap(alternatives).flatMap((node) => Object.keys(node.properties ?? {}));
}
function alternatives(node) {
    return [node, ...[...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap(alternatives)];
}
//# sourceMappingURL=yamlRules.js.map
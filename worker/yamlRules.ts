/** What the values of a file must be, in words, and what to write instead. */
import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';

const words: Record<string, string> = {
  string: 'text',
  number: 'a finite number',
  int: 'a whole number',
  array: 'a list',
  object: 'a map of keys and values',
  boolean: 'true or false',
};

/** The rule an issue breaks; becomes its message unless the schema has words of its own. */
export function ruleFor(issue: z.core.$ZodRawIssue): string {
  if (issue.code === 'invalid_type') return `must be ${words[issue.expected] ?? issue.expected}`;
  if (issue.code === 'invalid_value') return oneOf(issue.values);
  if (issue.code === 'invalid_union')
    return issue.errors.length === 0 ? oneOf(optionsOf(issue)) : unionRule(issue.errors);
  if (issue.code === 'too_small')
    return boundRule(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum);
  if (issue.code === 'too_big')
    return boundRule(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum);
  return issue.message ?? 'must follow the schema';
}

/** `key`: the unknown key that the issue is about. */
export function remedyFor(issue: z.core.$ZodIssue, schema: z.ZodType, key?: string): string {
  const near = key === undefined ? nearestValue(issue) : nearest(key, keysAt(schema, issue.path));
  return `${near === undefined ? '' : `did you mean ${near}?  `}see \`wattbandit config schema\``;
}

function oneOf(values: readonly unknown[]): string {
  return values.length === 1 ? `must be ${String(values[0])}` : `must be one of ${values.join(', ')}`;
}

function optionsOf(issue: object): readonly unknown[] {
  return 'options' in issue && Array.isArray(issue.options) ? issue.options : ['the names in the schema'];
}

function unionRule(errors: readonly (readonly z.core.$ZodIssue[])[]): string {
  const rules = errors.flatMap((alternative) => alternative[0]?.message.replace(/^must be /, '') ?? []);
  return `must be ${rules.join(' or ')}`;
}

function boundRule(origin: string, relation: string, limit: number | bigint): string {
  const [one, many] = { array: ['entry', 'entries'], string: ['character', 'characters'] }[origin] ?? [];
  if (one === undefined) return `must be ${relation} ${limit}`;
  return `must have ${relation} ${limit} ${Number(limit) === 1 ? one : many}`;
}

function nearestValue(issue: z.core.$ZodIssue): string | undefined {
  const { input } = issue;
  const values = issue.code === 'invalid_value' ? issue.values : [];
  return typeof input === 'string' ? nearest(input, values.map(String)) : undefined;
}

/** The most similar word, if it is similar at all: a third of the letters may differ, at least two. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const best = closest(word, [...known]);
  return distance(word.toLowerCase(), best.toLowerCase()) <= Math.max(2, word.length / 3) ? best : undefined;
}

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

const jsonSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.object({
    properties: z.record(z.string(), jsonSchema).optional(),
    anyOf: z.array(jsonSchema).optional(),
    oneOf: z.array(jsonSchema).optional(),
  }),
);

/** The keys that the schema knows at `path`, in every alternative. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const root = jsonSchema.parse(z.toJSONSchema(schema, { io: 'input' }));
  const at = path.reduce<readonly JsonSchema[]>(
    (nodes, key) => nodes.flatMap(alternatives).flatMap((node) => node.properties?.[String(key)] ?? []),
    [root],
  );
  return at.flatMap(alternatives).flatMap((node) => Object.keys(node.properties ?? {}));
}

function alternatives(node: JsonSchema): readonly JsonSchema[] {
  return [node, ...[...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap(alternatives)];
}

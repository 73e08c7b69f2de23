/** Which orders are refused before they reach history. What comes in may be any JSON. */
import type { Job } from '../policy/facts';
import { trustLevels } from '../policy/trust';
import type { ClearRequest, OverrideRequest } from './messages';
import { invalid } from './wellFormed';

const longestText = 500;
const longestId = 128;
const longestSeconds = 366 * 86_400;
const mostCharacters = 16 * 1024;

type Fields = Readonly<Record<string, unknown>>;
type Rule = readonly [field: string, holds: (value: unknown) => boolean, mustBe: string];

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown, longest: number) =>
  typeof value === 'string' && value !== '' && value.length <= longest;
const within = (least: number, most: number) => (value: unknown) =>
  typeof value === 'number' && value >= least && value <= most;
const maybe = (holds: (value: unknown) => boolean) => (value: unknown) => value === undefined || holds(value);

const common: readonly Rule[] = [
  ['reason', (value) => isText(value, longestText), `given, of at most ${longestText} characters`],
  ['who', maybe((value) => isText(value, longestText)), `at most ${longestText} characters`],
  ['id', maybe((value) => isText(value, longestId)), `at most ${longestId} characters`],
  ['token', maybe((value) => typeof value === 'string'), 'a string'],
];
const watts: Rule = ['powerLimitWatts', within(1, 100_000), 'watts from 1 to 100000'];

type Choice = Pick<Job, 'batchSizes'>;

function rulesFor({ batchSizes }: Choice): Readonly<Record<string, readonly Rule[]>> {
  const size: Rule = [
    'batchSize',
    (value) => batchSizes.some((known) => known === value),
    `one of ${batchSizes.join(', ')}`,
  ];
  return {
    pinBatchSize: [size],
    banBatchSize: [size],
    pinPowerLimit: [watts],
    powerBound: [watts],
    eta: [['eta', within(0, 1), 'from 0 (only time matters) to 1 (only energy)']],
    slowDownBound: [['maxSlowdown', within(1, 1000), 'at least 1']],
    pauseLearning: [],
    pauseTuning: [],
    freeze: [],
    resume: [],
    trust: [['level', (value) => trustLevels.some((level) => level === value), `one of ${trustLevels.join(', ')}`]],
  };
}

/** @throws ApplicationFailure `InvalidMessage` */
export function checkOverride(request: unknown, spec: Choice): asserts request is OverrideRequest {
  const fields = check('override', request, [
    ...common,
    ['seconds', maybe(within(1, longestSeconds)), `from 1 to ${longestSeconds}`],
    ['order', isFields, 'an object with a kind'],
  ]);
  const { order } = fields;
  if (!isFields(order)) return;
  const kinds = rulesFor(spec);
  const rules =
    typeof order['kind'] === 'string' && Object.hasOwn(kinds, order['kind']) ? kinds[order['kind']] : undefined;
  if (rules === undefined)
    throw invalid(`Cannot override: order.kind must be one of ${Object.keys(kinds).join(', ')}.`);
  check('override', order, rules);
  const unknown = Object.keys(order).find((key) => key !== 'kind' && !rules.some(([field]) => field === key));
  if (unknown !== undefined)
    throw invalid(`Cannot override: order.${unknown.slice(0, 40)} means nothing to ${String(order['kind'])}.`);
}

/** @throws ApplicationFailure `InvalidMessage` */
export function checkClear(request: unknown): asserts request is ClearRequest {
  check('clear overrides', request, common);
}

function check(verb: string, message: unknown, rules: readonly Rule[]): Fields {
  if (!isFields(message)) throw invalid(`Cannot ${verb}: the message must be an object.`);
  for (const [field, holds, mustBe] of rules)
    if (!holds(message[field])) throw invalid(`Cannot ${verb}: ${field} must be ${mustBe}.`);
  if (JSON.stringify(message).length <= mostCharacters) return message;
  throw invalid(`Cannot ${verb}: the message must have at most ${mostCharacters} characters.`);
}

/** Which messages are refused before they reach history. What comes in may be any JSON. */
import { ApplicationFailure } from '@temporalio/common';
import { type Gpus, failureClasses } from '../policy/facts';
import { askId, longestDetail } from './messages';

/** JSON characters: several times what the largest job needs. A message is state, and is carried through continue-as-new. */
const largestMessage = 64 * 1024;
const mostPowerLimits = 64;

export type Rule = readonly [field: string, holds: (value: unknown) => boolean, mustBe: string];
type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isText = (value: unknown, longest: number) => typeof value === 'string' && value.length <= longest;
export const isCount = (value: unknown) => typeof value === 'number' && Number.isInteger(value) && value >= 1;
const isInstant = (value: unknown, notation: RegExp) =>
  typeof value === 'string' && notation.test(value) && !Number.isNaN(Date.parse(value));
/** To the second, as Schedules write it. */
const isSlot = (value: unknown) => isInstant(value, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
/** Or to the millisecond, as the bandit names slots of runs that others train. */
export const isAnySlot = (value: unknown) => isInstant(value, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/);
export const isListOf = (value: unknown, holds: (item: unknown) => boolean, most = Infinity) =>
  Array.isArray(value) && value.length <= most && value.every(holds);
const isPositive = (value: unknown) => typeof value === 'number' && value > 0;
/** It becomes a key of the memory, where `__proto__` and its like mean something else. */
export const isModel = (value: unknown) =>
  typeof value === 'string' && value !== '' && isText(value, 100) && !(value in {});
export const isGpus = (value: unknown): value is Gpus =>
  isFields(value) &&
  isModel(value['model']) &&
  isCount(value['count']) &&
  isListOf(value['powerLimitsWatts'], isPositive, mostPowerLimits) &&
  !isListOf(value['powerLimitsWatts'], isPositive, 0);

const slotRule: Rule = ['slot', isSlot, 'an instant such as 2021-07-01T00:00:00Z'];
const attemptRule: Rule = ['attempt', isCount, 'an integer of at least 1'];
const askRules: readonly Rule[] = [
  slotRule,
  attemptRule,
  ['gpus', isGpus, `a model, a count and 1 to ${mostPowerLimits} powerLimitsWatts above 0`],
];
const outcomes: readonly unknown[] = ['converged', ...failureClasses];
/** Of any observation, whoever made it. */
export const observationRules: readonly Rule[] = [
  ['outcome', (value) => outcomes.includes(value), `one of ${outcomes.join(', ')}`],
  ['reachedEpochLimit', (value) => typeof value === 'boolean', 'true or false'],
  ['measurements', (value) => isListOf(value, isFields), 'a list of measurements'],
  ['outOfMemoryBatchSizes', (value) => value === undefined || Array.isArray(value), 'a list of batch sizes'],
  ['detail', (value) => value === undefined || isText(value, longestDetail), `at most ${longestDetail} characters`],
];
const tellRules: readonly Rule[] = [
  ['slot', isAnySlot, 'an instant such as 2021-07-01T00:00:00Z'],
  attemptRule,
  ['leases', (value) => value === undefined || isListOf(value, isFields), 'a list of leases'],
  ['gpuModel', isModel, 'the name of a GPU model'],
  ...observationRules,
  ['imported', (value) => value === undefined, 'left out: what this job did not run is imported, not told'],
];
const giveUpRules: readonly Rule[] = [
  slotRule,
  ['failure', (value) => value === 'infrastructure' || value === 'operator', 'infrastructure or operator'],
  ['why', (value) => isText(value, longestDetail), `at most ${longestDetail} characters`],
];

/** @throws ApplicationFailure `InvalidMessage` */
export function checkAsk(message: unknown): void {
  checkRun('decide', message, askRules);
}

/** Only its shape: whether its numbers can be true is {@link doubt}'s question. @throws ApplicationFailure `InvalidMessage` */
export function checkTell(message: unknown): void {
  checkRun('learn', message, tellRules);
}

/** @throws ApplicationFailure `InvalidMessage` */
export function checkGiveUp(message: unknown): void {
  check('give a slot up', message, giveUpRules);
}

export function invalid(message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, 'InvalidMessage');
}

function checkRun(verb: string, message: unknown, rules: readonly Rule[]): void {
  const { id, slot, attempt } = check(verb, message, rules);
  if (id !== askId(String(slot), Number(attempt))) throw invalid(`Cannot ${verb}: id must be <slot>/<attempt>.`);
}

/** @throws ApplicationFailure `InvalidMessage` */
export function check(verb: string, message: unknown, rules: readonly Rule[], largest = largestMessage): Fields {
  if (!isFields(message)) throw invalid(`Cannot ${verb}: the message must be an object.`);
  for (const [field, holds, mustBe] of rules) {
    if (!holds(message[field])) throw invalid(`Cannot ${verb}: ${field} must be ${mustBe}.`);
  }
  if (JSON.stringify(message).length <= largest) return message;
  throw invalid(`Cannot ${verb}: the message must have at most ${largest} characters.`);
}

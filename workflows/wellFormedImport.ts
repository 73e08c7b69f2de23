/** Which imports are refused before they reach history: their shape, how many, and that each says where it comes from. */
import type { Observation } from '../policy/facts';
import { importLimits } from './messages';
import { type Rule, check, invalid, isFields, isListOf, isModel, isText, observationRules } from './wellFormed';

/** JSON characters: a quarter of what Temporal takes as one payload. */
const largestImport = 512 * 1024;

const isWeight = (value: unknown) => typeof value === 'number' && value > 0 && value <= 1;
const unknowns: readonly unknown[] = ['epochs', 'powerLimitWatts'];
const isOrigin = (value: unknown) =>
  isFields(value) &&
  isText(value['from'], 200) &&
  isWeight(value['weight']) &&
  (value['unknown'] === undefined || isListOf(value['unknown'], (field) => unknowns.includes(field), unknowns.length));

const requestRules: readonly Rule[] = [
  [
    'observations',
    (value) => isListOf(value, isFields, importLimits.perRequest),
    `a list of at most ${importLimits.perRequest} observations`,
  ],
];
const importedRules: readonly Rule[] = [
  ['id', (value) => isText(value, 100) && value !== '', '1 to 100 characters'],
  ['slot', (value) => isText(value, 100), 'at most 100 characters'],
  ['gpuModel', isModel, 'the name of a GPU model'],
  ...observationRules,
  ['imported', isOrigin, 'where it comes from, a weight above 0 and at most 1, and what is unknown of it'],
];

/** @throws ApplicationFailure `InvalidMessage` */
export function checkImport(message: unknown): void {
  const { observations } = check('import', message, requestRules, largestImport);
  for (const observation of listOf(observations)) check('import', observation, importedRules);
}

/** `held`: the ids of what the job has imported. @throws ApplicationFailure `InvalidMessage` */
export function checkRoom(held: readonly string[], observations: readonly Observation[]): void {
  const known = new Set(held);
  const more = observations.filter(({ id }) => !known.has(id)).length;
  if (held.length + more <= importLimits.perJob) return;
  throw invalid(
    `Cannot import ${more} observations: ${held.length} were imported, and a job takes ${importLimits.perJob}; leave old ones out.`,
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

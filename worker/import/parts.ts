/** Imports in parts that one message can carry, and the answers to them as one. */
import type { Observation } from '../../policy/facts';
import { type ImportAnswer, importLimits } from '../../workflows/messages';

/** Well below what the bandit takes, and what Temporal warns of. */
const mostCharacters = 200_000;

export function partsOf(observations: readonly Observation[]): readonly (readonly Observation[])[] {
  const parts: Observation[][] = [];
  let room = 0;
  for (const observation of observations) {
    const length = JSON.stringify(observation).length;
    const last = parts.at(-1);
    if (last === undefined || length > room || last.length === importLimits.perRequest) {
      parts.push([observation]);
      room = mostCharacters - length;
    } else {
      last.push(observation);
      room -= length;
    }
  }
  return parts;
}

export const nothingImported: ImportAnswer = { taken: 0, known: 0, refused: [] };

export function together(one: ImportAnswer, other: ImportAnswer): ImportAnswer {
  return {
    taken: one.taken + other.taken,
    known: one.known + other.known,
    refused: [...one.refused, ...other.refused],
  };
}

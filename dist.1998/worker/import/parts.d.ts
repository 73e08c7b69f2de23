/** Imports in parts that one message can carry, and the answers to them as one. */
import type { Observation } from '../../policy/facts';
import { type ImportAnswer } from '../../workflows/messages';
export declare function partsOf(observations: readonly Observation[]): readonly (readonly Observation[])[];
export declare const nothingImported: ImportAnswer;
export declare function together(one: ImportAnswer, other: ImportAnswer): ImportAnswer;
//# sourceMappingURL=parts.d.ts.map
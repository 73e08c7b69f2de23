/** Which imports are refused before they reach history: their shape, how many, and that each says where it comes from. */
import type { Observation } from '../policy/facts';
/** @throws ApplicationFailure `InvalidMessage` */
export declare function checkImport(message: unknown): void;
/** `held`: the ids of what the job has imported. @throws ApplicationFailure `InvalidMessage` */
export declare function checkRoom(held: readonly string[], observations: readonly Observation[]): void;
//# sourceMappingURL=wellFormedImport.d.ts.map
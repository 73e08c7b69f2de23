/** Which messages are refused before they reach history. What comes in may be any JSON. */
import { ApplicationFailure } from '@temporalio/common';
export type Rule = readonly [field: string, holds: (value: unknown) => boolean, mustBe: string];
type Fields = Readonly<Record<string, unknown>>;
export declare const isFields: (value: unknown) => value is Fields;
export declare const isText: (value: unknown, longest: number) => boolean;
export declare const isListOf: (value: unknown, holds: (item: unknown) => boolean, most?: number) => boolean;
/** It becomes a key of the memory, where `__proto__` and its like mean something else. */
export declare const isModel: (value: unknown) => boolean;
/** Of any observation, whoever made it. */
export declare const observationRules: readonly Rule[];
/** @throws ApplicationFailure `InvalidMessage` */
export declare function checkAsk(message: unknown): void;
/** Only its shape: whether its numbers can be true is {@link doubt}'s question. @throws ApplicationFailure `InvalidMessage` */
export declare function checkTell(message: unknown): void;
/** @throws ApplicationFailure `InvalidMessage` */
export declare function checkGiveUp(message: unknown): void;
export declare function invalid(message: string): ApplicationFailure;
/** @throws ApplicationFailure `InvalidMessage` */
export declare function check(verb: string, message: unknown, rules: readonly Rule[], largest?: number): Fields;
export {};
//# sourceMappingURL=wellFormed.d.ts.map
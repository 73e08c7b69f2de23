/** Quantities of a report in words, the same for text and HTML. */
import type { Saving } from '../../policy/savings';
import type { Signal } from '../../policy/emissions';
import type { Quantity } from './quantity';
import type { Report } from './rows';
export declare function quantityWords(quantity: Quantity | null): string;
export declare function signalWords(signal: Signal | null): string;
/** What is counted under a signal. */
export declare function unitWords({ kind }: Signal): string;
export declare function percentWords(share: number | null | undefined): string;
/** A share saved, with its interval. */
export declare function savingWords(saving: Saving | null): string;
/** What was not found, and what may still change: a sentence each. */
export declare function remarks({ read, settlement, jobs }: Report): readonly string[];
//# sourceMappingURL=words.d.ts.map
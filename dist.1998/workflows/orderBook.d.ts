/** The orders of operators to one job, as values that each step replaces. */
import type { Override } from '../policy/override';
import { type OrderBook, type RefusedOverride } from './messages';
export declare const emptyOrderBook: OrderBook;
/** How a token that may not be used again is remembered. */
export interface UsedToken {
    readonly jti: string;
    readonly until: string;
}
export declare function withOverride(book: OrderBook, override: Override, token: UsedToken | undefined, now: string): OrderBook;
export declare function withRefusal(book: OrderBook, refused: RefusedOverride): OrderBook;
export declare function withKnown(book: OrderBook): OrderBook;
export declare function withCleared(book: OrderBook, ids: readonly string[]): OrderBook;
//# sourceMappingURL=orderBook.d.ts.map
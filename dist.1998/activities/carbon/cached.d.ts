import { type Clock } from './gridSlots';
import { type Look } from './look';
import type { Source } from './source';
export interface CachedOptions {
    readonly clock?: Clock | undefined;
    /** For one question with all that belongs to it, such as a login. */
    readonly timeoutSeconds?: number | undefined;
    /** All questions together; more are refused here, and the provider hears nothing of them. */
    readonly questionsPerHour?: number | undefined;
}
export interface CachedSource extends Source {
    /** Never rejects. */
    look(): Promise<Look>;
}
export declare function createCached(source: Source, options?: CachedOptions): CachedSource;
//# sourceMappingURL=cached.d.ts.map
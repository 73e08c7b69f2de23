/** Why η is what it is in this slot of the grid, in words. */
import type { WeighContext } from './carbon';
import type { SignalNow } from './signals';
interface Words {
    readonly context: WeighContext;
    readonly now: SignalNow;
    readonly reference: number | null;
    readonly eta: number;
    readonly baseEta: number;
    readonly powerLimitWatts: number;
}
export declare function explainWeighed(words: Words): string;
export {};
//# sourceMappingURL=weighedWords.d.ts.map
/** How something long goes: one live line on a terminal, a plain line now and then elsewhere. */
import type { Output } from './output';
export declare class Progress {
    private readonly output;
    private lastPlainAt;
    private live;
    constructor(output: Output);
    /** Replaces what was said before. */
    say(text: string): void;
    /** Takes the live line away, so that another line can be printed, which is a sign of life too. */
    clear(): void;
}
//# sourceMappingURL=progress.d.ts.map
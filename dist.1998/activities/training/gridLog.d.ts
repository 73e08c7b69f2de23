/** What a run drew under each reading of its grid, as far as there were readings. No I/O. */
import type { GridInterval } from '../../policy/facts';
/** How a run stood, and when, by the grid's clock. */
export interface GridMoment {
    readonly at: string;
    readonly seconds: number;
    readonly joules: number;
}
/** What holds from a moment on. */
export interface GridTerms {
    readonly eta: number;
    readonly perKwh: number | null;
    readonly status: GridInterval['status'];
}
export declare class GridLog {
    private closed;
    private open;
    constructor(from: GridMoment, terms: GridTerms);
    note(moment: GridMoment, terms: GridTerms): void;
    /** All intervals up to a moment; none is without duration. */
    until({ at, seconds, joules }: GridMoment): readonly GridInterval[];
}
//# sourceMappingURL=gridLog.d.ts.map
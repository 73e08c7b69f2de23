/** What is wrong with a file, as a list for programs and as text for people: place, value, rule, remedy. */
import { WattbanditError } from './errors';
/** One thing wrong with a file. Lines and columns count from 1; null where no place can be named. */
export interface Problem {
    readonly file: string;
    readonly line: number | null;
    readonly column: number | null;
    /** The key, as `objective.eta`; empty for the file as a whole. */
    readonly path: string;
    readonly got: string;
    readonly rule: string;
    readonly remedy: string;
}
export declare class InvalidFile extends WattbanditError {
    readonly problems: readonly Problem[];
    constructor(problems: readonly Problem[], options?: ErrorOptions);
}
export declare function problemText({ file, line, column, path, got, rule, remedy }: Problem): string;
//# sourceMappingURL=invalidFile.d.ts.map
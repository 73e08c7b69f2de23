import { SourceError } from './error';
export interface Refusal {
    readonly response: Response;
    readonly text: string;
    /** Takes secrets out. */
    readonly clean: (words: string) => string;
    readonly now: Date;
}
export declare function refusalFor({ response, text, clean, now }: Refusal): SourceError;
/** Both forms of the header: seconds, and an HTTP date. */
export declare function retryAfterSeconds(header: string | null, now: Date): number | undefined;
//# sourceMappingURL=httpRefusal.d.ts.map
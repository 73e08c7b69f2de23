import { z } from 'zod';
declare const journalSchema: z.ZodObject<{
    version: z.ZodLiteral<1>;
    uuid: z.ZodString;
    bootId: z.ZodString;
    originalWatts: z.ZodNumber;
    oursWatts: z.ZodReadonly<z.ZodArray<z.ZodNumber>>;
    pid: z.ZodInt;
    pidStartedAt: z.ZodString;
    at: z.ZodISODateTime;
    runId: z.ZodString;
}, z.core.$strict>;
export type Journal = Readonly<z.output<typeof journalSchema>>;
/** What a lease knows of itself; the rest of the journal is the GPU's. */
export type Holder = Pick<Journal, 'pid' | 'pidStartedAt' | 'at' | 'runId'>;
export declare function journalPath(directory: string, uuid: string): string;
/** Where a journal lies once somebody else has moved the limit. */
export declare function foreignPath(directory: string, uuid: string): string;
/** The GPU that was left to whoever moved its limit, if the file says so. */
export declare function uuidOfForeign(fileName: string): string | undefined;
/** The GPU whose journal a file is, if it is one. */
export declare function uuidOfJournal(fileName: string): string | undefined;
/** Undefined without a journal. Throws if there is one that cannot be opened, which says nothing about its content. */
export declare function readJournal(directory: string, uuid: string, path?: string): Promise<Journal | 'unreadable' | undefined>;
export declare function textOf(journal: Journal): string;
/** Not synced: were it to come back after a crash, it would be of another boot. */
export declare function dropJournal(directory: string, uuid: string): Promise<void>;
/** Keeps a journal that nobody may act on, as evidence. Answers where. */
export declare function setAside(directory: string, uuid: string, why: 'foreign' | 'bad'): Promise<string>;
export {};
//# sourceMappingURL=journal.d.ts.map
export type WriteFile = (path: string, text: string) => Promise<void>;
/** Two writers of one path would share a draft: hold the lock. */
export declare const writeDurably: WriteFile;
export declare function draftOf(path: string): string;
//# sourceMappingURL=durably.d.ts.map
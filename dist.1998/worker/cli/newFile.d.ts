/** @throws WattbanditError `conflict` if there is such a file already */
export declare function writeNew(file: string, text: string): Promise<void>;
//# sourceMappingURL=newFile.d.ts.map
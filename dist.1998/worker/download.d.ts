export declare function downloadedBinary(directory: string): string;
/** @returns the path of the program */
export declare function downloadBinary(directory: string, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<string>;
//# sourceMappingURL=download.d.ts.map
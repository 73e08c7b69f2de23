/** @throws ApplicationFailure `UnsuitableHost` instead of a GpuError that lasts */
export declare function failureForGpus<T>(work: () => Promise<T>): Promise<T>;
//# sourceMappingURL=failure.d.ts.map
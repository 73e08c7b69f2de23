/** @throws ApplicationFailure instead of a SourceError that lasts: `UnsuitableHost` for credentials, else `InvalidRequest` */
export declare function failureForSource<T>(work: () => Promise<T>): Promise<T>;
//# sourceMappingURL=failure.d.ts.map
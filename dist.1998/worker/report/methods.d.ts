export declare const methods: readonly string[];
export declare const notWhatItIs: readonly string[];
//# sourceMappingURL=methods.d.ts.map
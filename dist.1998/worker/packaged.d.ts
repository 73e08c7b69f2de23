/** This file runs from the sources and from `dist`; data lies beside package.json. */
export declare const packageRoot: string;
/** Zeus's recordings. */
export declare const packagedTraces: string;
/** Recorded grids. */
export declare const packagedGrids: string;
/** A year and more of California, hour by hour: CarbonCast's. */
export declare const packagedGrid: string;
//# sourceMappingURL=packaged.d.ts.map
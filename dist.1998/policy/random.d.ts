export interface Random {
    /** Uniform in [0, 1). */
    uniform(): number;
    /** Gaussian. An infinite precision is a standard deviation of 0. */
    normal(mean: number, sd: number): number;
}
/** 32-bit FNV-1a: spreads similar names over the seeds. */
export declare function seedFor(name: string): number;
/** A generator that depends on `seed` alone; normals by Marsaglia's polar method. */
export declare function createRandom(seed: number): Random;
//# sourceMappingURL=random.d.ts.map
import { type World } from './world';
/** The n-th is always the same. */
export declare function syntheticWorlds(count: number): readonly World[];
//# sourceMappingURL=synthetic.d.ts.map
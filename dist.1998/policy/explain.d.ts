import { type Choice, type Circumstances } from './choose';
export declare function reasonFor(choice: Choice, of: Circumstances): string;
//# sourceMappingURL=explain.d.ts.map
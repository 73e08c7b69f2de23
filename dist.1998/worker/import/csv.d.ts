import { type Source } from './rows';
/** @throws WattbanditError */
export declare function readCsv(file: string): Promise<Source>;
//# sourceMappingURL=csv.d.ts.map
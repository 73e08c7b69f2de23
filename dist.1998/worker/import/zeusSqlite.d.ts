import { type Source } from './rows';
/** `job`: its id there; may be left out where there is one. @throws WattbanditError */
export declare function readZeusSqlite(file: string, job?: string): Promise<Source>;
//# sourceMappingURL=zeusSqlite.d.ts.map
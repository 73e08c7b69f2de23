import { type Source } from './rows';
/** @throws WattbanditError if it is no export, of another version, cut off or changed */
export declare function readJobExport(file: string): Promise<Source>;
//# sourceMappingURL=jobExport.d.ts.map
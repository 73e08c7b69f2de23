import type { Facts, Ledger } from '../workflows/messages';
interface Exported {
    readonly facts: Facts;
    readonly ledger: Ledger;
    readonly exportedAt: string;
}
/** The header first. What this job imported itself is not told on: it would count twice where both sources are imported. */
export declare function exportLines({ facts, ledger, exportedAt }: Exported): readonly object[];
export {};
//# sourceMappingURL=export.d.ts.map
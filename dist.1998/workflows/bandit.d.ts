import { type BanditInput, type Ledger } from './messages';
export declare function bandit(input: BanditInput): Promise<Ledger>;
//# sourceMappingURL=bandit.d.ts.map
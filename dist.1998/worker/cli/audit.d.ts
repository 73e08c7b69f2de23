import type { Command } from 'commander';
export declare function addAudit(program: Command): void;
//# sourceMappingURL=audit.d.ts.map
/** `wattbandit config`: files checked without a server, and what may stand in them. */
import { type Command } from 'commander';
export declare function addConfig(program: Command): void;
//# sourceMappingURL=config.d.ts.map
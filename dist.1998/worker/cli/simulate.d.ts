/** `wattbandit simulate`, also `simulate jobs`: policies against each other on recorded or synthetic jobs, without a server. */
import { type Command } from 'commander';
export declare function addSimulate(program: Command): void;
//# sourceMappingURL=simulate.d.ts.map
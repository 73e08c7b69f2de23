/** `wattbandit codec`: shows Temporal's UI and CLI what is encrypted. Needs no Temporal itself. */
import { type Command } from 'commander';
export declare function addCodec(program: Command): void;
//# sourceMappingURL=codec.d.ts.map
/** `wattbandit decision`: what was decided in each slot, and why. */
import { type Command } from 'commander';
import type { Attempt, Slot } from '../../workflows/messages';
import { type Style } from './text';
export declare function addDecision(program: Command): void;
export declare function explanationText(job: string, slot: Slot, attempt: Attempt, style: Style): string;
//# sourceMappingURL=decision.d.ts.map
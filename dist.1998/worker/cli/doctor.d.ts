/** `wattbandit doctor`: does everything stand that wattbandit stands on? Each line passes, warns or fails with its mending. */
import type { Command } from 'commander';
export declare function addDoctor(program: Command): void;
//# sourceMappingURL=doctor.d.ts.map
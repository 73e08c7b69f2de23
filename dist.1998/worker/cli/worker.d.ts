/** `wattbandit worker`: a worker for those who do not embed the plugin. */
import { type Command } from 'commander';
export declare function addWorker(program: Command): void;
//# sourceMappingURL=worker.d.ts.map
import type { Output } from './output';
export interface DemoWorkerOptions {
    /** Of `wattbandit worker start`. */
    readonly arguments: readonly string[];
    readonly env: NodeJS.ProcessEnv;
    /** Where what it says goes. */
    readonly logFile: string;
}
export declare class DemoWorker {
    private readonly options;
    private readonly output;
    private child;
    private stopping;
    private shortLives;
    /** Rejects when the worker dies again and again. */
    readonly failed: Promise<never>;
    private fail;
    constructor(options: DemoWorkerOptions, output: Output);
    start(): void;
    private replace;
    /** Lets it finish what it does, for a while. */
    stop(): Promise<void>;
}
//# sourceMappingURL=demoWorker.d.ts.map
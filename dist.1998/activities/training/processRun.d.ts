/** A trainer's process under way: its lines become events, its end or its silence becomes a failure, and none of it is left. */
import type { ChildProcess } from 'node:child_process';
import type { GpuDriver } from '../gpu/driver';
import type { ProcessSettings } from './processSettings';
import { type RunIdentity } from './processTable';
import type { ReportSocket } from './reportSocket';
import type { Probe, RunRequest, TrainingEvent, TrainingRun } from './trainer';
export interface ProcessStart {
    readonly child: ChildProcess;
    readonly identity: Promise<RunIdentity>;
    readonly settings: ProcessSettings;
    readonly request: RunRequest;
    readonly gpus: GpuDriver;
    readonly socket: ReportSocket;
    /** Where the trainer's output goes. */
    readonly outputFile: string;
    /** Called when nothing of the trainer is left. */
    readonly onGone: () => Promise<void>;
}
export declare class ProcessRun implements TrainingRun {
    private readonly start;
    private readonly queue;
    private readonly lines;
    private readonly log;
    private readonly stdout;
    private readonly stderr;
    private readonly probes;
    private readonly listener;
    private readonly connections;
    private readonly exited;
    private readonly listening;
    private readonly beganMs;
    private quietTicks;
    private stopping;
    constructor(start: ProcessStart);
    next(): Promise<TrainingEvent>;
    /** Absent until the trainer says that it can. */
    get probe(): ((batchSize: number) => Promise<Probe>) | undefined;
    stop(): Promise<void>;
    /** Of several hosts, the first one's trainer speaks for all. */
    private get reports();
    get beganAtSeconds(): number;
    private get seconds();
    private take;
    private tick;
    /** A trainer that closed its report descriptor has nothing more to say; soon it should be gone. */
    private afterReports;
    private afterExit;
    private drain;
    private fail;
    private end;
}
//# sourceMappingURL=processRun.d.ts.map
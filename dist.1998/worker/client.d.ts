/** What a program outside the worker does with jobs: create, schedule, trigger, inspect, delete. */
import { type Client, type ScheduleDescription, type WorkflowHandle } from '@temporalio/client';
import type { Observation } from '../policy/facts';
import type { JobSpec } from '../workflows/contracts';
import { type Facts, type ImportAnswer, type Ledger } from '../workflows/messages';
import { WattbanditError } from './errors';
/** The task queue of workers that say nothing else. */
export declare const defaultTaskQueue = "wattbandit";
export interface JobSummary {
    readonly job: string;
    readonly paused: boolean;
    readonly note?: string;
    readonly nextSlotAt?: string;
    readonly lastSlotAt?: string;
}
export interface JobClientOptions {
    readonly taskQueue?: string;
}
export declare class JobClient {
    private readonly client;
    private readonly taskQueue;
    constructor(client: Client, options?: JobClientOptions);
    /**
     * Starts the job's bandit and its Schedule, or neither. Creating the same job again changes nothing.
     * @throws WattbanditError `conflict` if the job exists with another specification, `invalid` if Temporal refuses its schedule
     */
    create(spec: JobSpec, options?: {
        readonly paused?: boolean;
    }): Promise<'created' | 'unchanged'>;
    list(): Promise<readonly JobSummary[]>;
    /** @throws WattbanditError `notFound` */
    describe(job: string): Promise<ScheduleDescription>;
    facts(job: string): Promise<Facts>;
    /** The bandit notices an expired lease when it is next asked; here it shows at once. */
    ledger(job: string): Promise<Ledger>;
    /**
     * Lets the job learn from observations that it did not make; those that it knows, by their ids, are left alone.
     * @throws WattbanditError `notFound`, or `invalid` if the bandit refuses them
     */
    importFacts(job: string, observations: readonly Observation[]): Promise<ImportAnswer>;
    /** Starts one recurrence now, through the Schedule, so that its overlap rule holds. */
    trigger(job: string): Promise<void>;
    /** Runs every slot in (`from`, `to`], one after the other. */
    backfill(job: string, from: Date, to: Date): Promise<void>;
    pause(job: string, note: string): Promise<void>;
    resume(job: string, note: string): Promise<void>;
    /** Whether there is anything to delete. */
    exists(job: string): Promise<boolean>;
    /**
     * Ends the Schedule and the bandit, and returns when both are gone, so that a job created again learns anew. Runs under way
     * finish, and histories stay until the namespace's retention ends.
     */
    delete(job: string): Promise<void>;
    /** Starts the recurrence of one slot without the Schedule; starting it twice is harmless. */
    startRecurrence(spec: JobSpec, at: Date): Promise<WorkflowHandle>;
    private importPart;
    /** Whether it was started; else one runs already. */
    private startBandit;
    private isRemembering;
    private createSchedule;
    private schedule;
    private bandit;
    private scheduleOf;
    private orUnknown;
}
export declare function unknownJob(job: string): WattbanditError;
//# sourceMappingURL=client.d.ts.map
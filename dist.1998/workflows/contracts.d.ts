import { z } from 'zod';
/** A duration as people write it (`90s`, `10m`, `1h`), or a number of seconds; always seconds once parsed. */
export declare const durationSeconds: z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber]>, z.ZodTransform<number, string | number>>;
/** Overlap rules of a Temporal Schedule, by the names that people type. */
export declare const overlapPolicies: readonly ['skip', 'bufferOne', 'bufferAll', 'cancelOther', 'terminateOther', 'allowAll'];
/** How much the policy dares: how far from proven batch sizes it tries others, in doublings (1, 2, no bound). */
export declare const trustRegions: readonly ['cautious', 'standard', 'aggressive'];
/** A job id becomes part of workflow and schedule ids, file names and metric labels. */
export declare const jobIdPattern: RegExp;
/** A job file. Unknown keys are errors; every default is written here and nowhere else. */
export declare const jobSpecSchema: z.ZodObject<{
    version: z.ZodLiteral<1>;
    job: z.ZodString;
    batchSizes: z.ZodPipe<z.ZodArray<z.ZodInt>, z.ZodTransform<number[], number[]>>;
    defaultBatchSize: z.ZodInt;
    maxEpochs: z.ZodInt;
    target: z.ZodObject<{
        metric: z.ZodString;
        value: z.ZodNumber;
        direction: z.ZodDefault<z.ZodEnum<{
            atLeast: "atLeast";
            atMost: "atMost";
        }>>;
    }, z.core.$strict>;
    objective: z.ZodPrefault<z.ZodObject<{
        eta: z.ZodDefault<z.ZodNumber>;
        maxSlowdown: z.ZodOptional<z.ZodNumber>;
        deadline: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber]>, z.ZodTransform<number, string | number>>>;
    }, z.core.$strict>>;
    carbon: z.ZodOptional<z.ZodObject<{
        policy: z.ZodDefault<z.ZodEnum<{
            chase: "chase";
            static: "static";
            wattbandit: "wattbandit";
        }>>;
        slowdown: z.ZodOptional<z.ZodNumber>;
        strict: z.ZodDefault<z.ZodBoolean>;
        staleAfter: z.ZodDefault<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber]>, z.ZodTransform<number, string | number>>>;
    }, z.core.$strict>>;
    policy: z.ZodPrefault<z.ZodDiscriminatedUnion<[z.ZodObject<{
        name: z.ZodLiteral<"wattbandit">;
        trustRegion: z.ZodDefault<z.ZodEnum<{
            aggressive: "aggressive";
            cautious: "cautious";
            standard: "standard";
        }>>;
    }, z.core.$strict>, z.ZodObject<{
        name: z.ZodLiteral<"zeus">;
        beta: z.ZodDefault<z.ZodNumber>;
        pruningRounds: z.ZodDefault<z.ZodInt>;
        window: z.ZodDefault<z.ZodInt>;
    }, z.core.$strict>], "name">>;
    schedule: z.ZodPrefault<z.ZodPipe<z.ZodObject<{
        every: z.ZodOptional<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber]>, z.ZodTransform<number, string | number>>>;
        offset: z.ZodDefault<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber]>, z.ZodTransform<number, string | number>>>;
        cron: z.ZodOptional<z.ZodString>;
        timeZone: z.ZodDefault<z.ZodString>;
        overlap: z.ZodDefault<z.ZodEnum<{
            allowAll: "allowAll";
            bufferAll: "bufferAll";
            bufferOne: "bufferOne";
            cancelOther: "cancelOther";
            skip: "skip";
            terminateOther: "terminateOther";
        }>>;
        catchupWindow: z.ZodDefault<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber]>, z.ZodTransform<number, string | number>>>;
        jitter: z.ZodDefault<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber]>, z.ZodTransform<number, string | number>>>;
    }, z.core.$strict>, z.ZodTransform<{
        every?: number | undefined;
        offset: number;
        cron?: string | undefined;
        timeZone: string;
        overlap: "allowAll" | "bufferAll" | "bufferOne" | "cancelOther" | "skip" | "terminateOther";
        catchupWindow: number;
        jitter: number;
    }, {
        every?: number | undefined;
        offset: number;
        cron?: string | undefined;
        timeZone: string;
        overlap: "allowAll" | "bufferAll" | "bufferOne" | "cancelOther" | "skip" | "terminateOther";
        catchupWindow: number;
        jitter: number;
    }>>>;
    gpus: z.ZodPrefault<z.ZodObject<{
        count: z.ZodDefault<z.ZodInt>;
        hosts: z.ZodDefault<z.ZodInt>;
    }, z.core.$strict>>;
    trainer: z.ZodObject<{
        kind: z.ZodString;
    }, z.core.$loose>;
    attempts: z.ZodDefault<z.ZodInt>;
    heartbeatTimeout: z.ZodDefault<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber]>, z.ZodTransform<number, string | number>>>;
    lease: z.ZodDefault<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber]>, z.ZodTransform<number, string | number>>>;
}, z.core.$strict>;
/** A validated job with every default filled in. Durations are seconds. */
export type JobSpec = z.output<typeof jobSpecSchema>;
export type JobSpecInput = z.input<typeof jobSpecSchema>;
/** Failure types of activities and updates that no retry can mend. The list is closed. */
export declare const failureTypes: {
    /** The job specification does not fit the host, the trainer or the policy: fix the request. */
    readonly invalidRequest: 'InvalidRequest';
    /** No GPU of this host can run the job: fix the host. */
    readonly unsuitableHost: 'UnsuitableHost';
    /** A message about a decision that was never made, or is shaped wrongly. */
    readonly invalidMessage: 'InvalidMessage';
};
//# sourceMappingURL=contracts.d.ts.map
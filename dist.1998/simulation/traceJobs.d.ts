/** What the trace files do not say of a job: its target, default batch size and epoch limit; built in for Zeus's six. */
import { z } from 'zod';
declare const jobSettings: z.ZodObject<{
    target: z.ZodOptional<z.ZodNumber>;
    maxEpochs: z.ZodOptional<z.ZodInt>;
    defaultBatchSize: z.ZodOptional<z.ZodInt>;
    samplesPerEpoch: z.ZodOptional<z.ZodInt>;
}, z.core.$strict>;
/** A validation metric's value, whole epochs, samples. */
export type JobSettings = Readonly<z.infer<typeof jobSettings>>;
/** One value for every job, or one per dataset. */
export type PerJob = number | Readonly<Record<string, number>>;
export interface JobOverrides {
    readonly target?: PerJob;
    readonly defaultBatchSize?: PerJob;
    readonly maxEpochs?: PerJob;
}
/** Parses a directory's `jobs.json`: an object of settings by dataset. */
export declare function parseJobsFile(file: string, text: string): Readonly<Record<string, JobSettings>>;
/** Options win over `jobs.json`, which wins over what is built in. */
export declare function settingsFor(dataset: string, fromFile: Readonly<Record<string, JobSettings>>, overrides: JobOverrides): JobSettings;
/** A name that an option gives and the files do not have is a mistake. */
export declare function checkNames(overrides: JobOverrides, datasets: readonly string[]): void;
/** The target that counts: given, or the only one in the file. */
export declare function targetOf(dataset: string, settings: JobSettings, inFile: readonly number[]): number;
/**
 * Zeus caps the default by what fits on the GPU. A built-in default that this GPU's traces pass over gives way to the next
 * smaller size; one that the user asked for must be there.
 */
export declare function defaultBatchSizeOf(dataset: string, settings: JobSettings, batchSizes: readonly number[]): number;
export declare function maxEpochsOf(dataset: string, settings: JobSettings): number;
export {};
//# sourceMappingURL=traceJobs.d.ts.map
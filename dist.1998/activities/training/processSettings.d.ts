/** The section `trainer` of a job file for `kind: process`, and its command with the run's values put in. */
import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import { type JobSpec } from '../../workflows/contracts';
export declare const processSettingsSchema: z.ZodObject<{
    kind: z.ZodLiteral<"process">;
    command: z.ZodArray<z.ZodString>;
    cwd: z.ZodDefault<z.ZodString>;
    env: z.ZodDefault<z.ZodArray<z.ZodString>>;
    grace: z.ZodDefault<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber]>, z.ZodTransform<number, string | number>>>;
    silence: z.ZodDefault<z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodNumber]>, z.ZodTransform<number, string | number>>>;
}, z.core.$strict>;
/** Durations are seconds. */
export type ProcessSettings = z.output<typeof processSettingsSchema>;
/** @throws ApplicationFailure `InvalidRequest` that names every fault */
export declare function processSettingsFor({ job, trainer }: JobSpec): ProcessSettings;
/** @throws ApplicationFailure `InvalidRequest` for a placeholder that is unknown or only a part of an argument */
export declare function commandFor(job: string, { command }: ProcessSettings, variables: Readonly<Record<string, string>>): readonly string[];
export declare function invalidRequest(message: string, cause?: Error): ApplicationFailure;
//# sourceMappingURL=processSettings.d.ts.map
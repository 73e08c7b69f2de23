import { z } from 'zod';
import { type Observation } from '../policy/facts';
export declare const exportFormat = "wattbandit-export";
export declare const exportVersion = 1;
export declare const powerMeasurement: z.ZodObject<{
    batchSize: z.ZodInt;
    powerLimitWatts: z.ZodNumber;
    secondsPerEpoch: z.ZodNumber;
    averageWatts: z.ZodNumber;
    source: z.ZodEnum<{
        probe: "probe";
        profile: "profile";
        run: "run";
    }>;
    doubt: z.ZodOptional<z.ZodEnum<{
        aliasing: "aliasing";
        disturbed: "disturbed";
        drift: "drift";
    }>>;
}, z.core.$strip>;
/** What a reader must know of the job that was exported. Nothing of its trainer, whose arguments may be secret. */
export declare const exportHeader: z.ZodObject<{
    format: z.ZodLiteral<"wattbandit-export">;
    version: z.ZodLiteral<1>;
    job: z.ZodString;
    exportedAt: z.ZodString;
    batchSizes: z.ZodArray<z.ZodInt>;
    defaultBatchSize: z.ZodInt;
    maxEpochs: z.ZodInt;
    target: z.ZodObject<{
        metric: z.ZodString;
        value: z.ZodNumber;
        direction: z.ZodEnum<{
            atLeast: "atLeast";
            atMost: "atMost";
        }>;
    }, z.core.$strip>;
    gpuCount: z.ZodInt;
}, z.core.$strip>;
export type ExportHeader = z.infer<typeof exportHeader>;
/** Lines that an import learns from; what was set aside there says why. */
export declare const exportedFacts: z.ZodDiscriminatedUnion<[z.ZodObject<{
    type: z.ZodLiteral<"observation">;
    observation: z.ZodType<Observation, unknown, z.core.$ZodTypeInternals<Observation, unknown>>;
    quarantinedBecause: z.ZodOptional<z.ZodString>;
}, z.core.$strip>, z.ZodObject<{
    type: z.ZodLiteral<"measurements">;
    gpuModel: z.ZodString;
    batchSize: z.ZodInt;
    measurements: z.ZodArray<z.ZodObject<{
        batchSize: z.ZodInt;
        powerLimitWatts: z.ZodNumber;
        secondsPerEpoch: z.ZodNumber;
        averageWatts: z.ZodNumber;
        source: z.ZodEnum<{
            probe: "probe";
            profile: "profile";
            run: "run";
        }>;
        doubt: z.ZodOptional<z.ZodEnum<{
            aliasing: "aliasing";
            disturbed: "disturbed";
            drift: "drift";
        }>>;
    }, z.core.$strip>>;
}, z.core.$strip>], "type">;
export type ExportedFacts = z.infer<typeof exportedFacts>;
/** The text of an export; each line ends with a line feed. */
export declare function sealed(lines: readonly string[]): string;
/** The lines before the seal. @throws Error if it is missing or does not fit: the file was cut off or changed */
export declare function unsealed(text: string): readonly string[];
/** Undefined for what is no JSON. */
export declare function jsonOf(text: string): unknown;
//# sourceMappingURL=exportFormat.d.ts.map
/** A source in words, as it stands in a configuration: which provider, which zone, which kind of signal. Secrets by reference. */
import { z } from 'zod';
import { type CachedOptions, type CachedSource } from './cached';
export declare const sourceDescriptionSchema: z.ZodDiscriminatedUnion<[z.ZodObject<{
    provider: z.ZodLiteral<"gbGrid">;
    kind: z.ZodLiteral<"average">;
    zone: z.ZodPipe<z.ZodUnion<readonly [z.ZodString, z.ZodPipe<z.ZodInt, z.ZodTransform<string, number>>]>, z.ZodString>;
    baseUrl: z.ZodOptional<z.ZodURL>;
}, z.core.$strict>, z.ZodObject<{
    provider: z.ZodLiteral<"electricityMaps">;
    kind: z.ZodLiteral<"average">;
    zone: z.ZodUnion<readonly [z.ZodString, z.ZodPipe<z.ZodInt, z.ZodTransform<string, number>>]>;
    factorType: z.ZodDefault<z.ZodEnum<{
        direct: "direct";
        lifecycle: "lifecycle";
    }>>;
    token: z.ZodDefault<z.ZodUnion<readonly [z.ZodObject<{
        env: z.ZodString;
    }, z.core.$strict>, z.ZodObject<{
        file: z.ZodString;
    }, z.core.$strict>]>>;
    slotMinutes: z.ZodDefault<z.ZodLiteral<5 | 15 | 60>>;
    baseUrl: z.ZodOptional<z.ZodURL>;
}, z.core.$strict>, z.ZodObject<{
    provider: z.ZodLiteral<"wattTime">;
    kind: z.ZodEnum<{
        average: "average";
        marginal: "marginal";
    }>;
    zone: z.ZodUnion<readonly [z.ZodString, z.ZodPipe<z.ZodInt, z.ZodTransform<string, number>>]>;
    username: z.ZodDefault<z.ZodUnion<readonly [z.ZodObject<{
        env: z.ZodString;
    }, z.core.$strict>, z.ZodObject<{
        file: z.ZodString;
    }, z.core.$strict>]>>;
    password: z.ZodDefault<z.ZodUnion<readonly [z.ZodObject<{
        env: z.ZodString;
    }, z.core.$strict>, z.ZodObject<{
        file: z.ZodString;
    }, z.core.$strict>]>>;
    baseUrl: z.ZodOptional<z.ZodURL>;
}, z.core.$strict>, z.ZodObject<{
    provider: z.ZodLiteral<"carbonAwareSdk">;
    kind: z.ZodEnum<{
        average: "average";
        marginal: "marginal";
    }>;
    zone: z.ZodUnion<readonly [z.ZodString, z.ZodPipe<z.ZodInt, z.ZodTransform<string, number>>]>;
    baseUrl: z.ZodURL;
    slotMinutes: z.ZodDefault<z.ZodInt>;
}, z.core.$strict>, z.ZodObject<{
    provider: z.ZodLiteral<"energyCharts">;
    kind: z.ZodLiteral<"price">;
    zone: z.ZodUnion<readonly [z.ZodString, z.ZodPipe<z.ZodInt, z.ZodTransform<string, number>>]>;
    baseUrl: z.ZodOptional<z.ZodURL>;
}, z.core.$strict>, z.ZodDiscriminatedUnion<[z.ZodObject<{
    provider: z.ZodLiteral<"recorded">;
    zone: z.ZodUnion<readonly [z.ZodString, z.ZodPipe<z.ZodInt, z.ZodTransform<string, number>>]>;
    file: z.ZodString;
    timeColumn: z.ZodOptional<z.ZodString>;
    valueColumn: z.ZodOptional<z.ZodString>;
    slotMinutes: z.ZodDefault<z.ZodInt>;
    shiftDays: z.ZodDefault<z.ZodInt>;
    repeat: z.ZodDefault<z.ZodBoolean>;
    kind: z.ZodEnum<{
        average: "average";
        marginal: "marginal";
    }>;
    factorType: z.ZodOptional<z.ZodEnum<{
        direct: "direct";
        lifecycle: "lifecycle";
    }>>;
}, z.core.$strict>, z.ZodObject<{
    provider: z.ZodLiteral<"recorded">;
    zone: z.ZodUnion<readonly [z.ZodString, z.ZodPipe<z.ZodInt, z.ZodTransform<string, number>>]>;
    file: z.ZodString;
    timeColumn: z.ZodOptional<z.ZodString>;
    valueColumn: z.ZodOptional<z.ZodString>;
    slotMinutes: z.ZodDefault<z.ZodInt>;
    shiftDays: z.ZodDefault<z.ZodInt>;
    repeat: z.ZodDefault<z.ZodBoolean>;
    kind: z.ZodLiteral<"price">;
    currency: z.ZodString;
    per: z.ZodEnum<{
        MWh: "MWh";
        kWh: "kWh";
    }>;
}, z.core.$strict>], "kind">, z.ZodDiscriminatedUnion<[z.ZodObject<{
    provider: z.ZodLiteral<"constant">;
    zone: z.ZodUnion<readonly [z.ZodString, z.ZodPipe<z.ZodInt, z.ZodTransform<string, number>>]>;
    kind: z.ZodEnum<{
        average: "average";
        marginal: "marginal";
    }>;
    gramsPerKwh: z.ZodNumber;
    factorType: z.ZodOptional<z.ZodEnum<{
        direct: "direct";
        lifecycle: "lifecycle";
    }>>;
}, z.core.$strict>, z.ZodObject<{
    provider: z.ZodLiteral<"constant">;
    zone: z.ZodUnion<readonly [z.ZodString, z.ZodPipe<z.ZodInt, z.ZodTransform<string, number>>]>;
    kind: z.ZodLiteral<"price">;
    pricePerKwh: z.ZodNumber;
    currency: z.ZodString;
}, z.core.$strict>], "kind">], "provider">;
export type SourceDescription = z.output<typeof sourceDescriptionSchema>;
/** Ready to be asked by all of a process: make one for each zone, and share it. */
export declare function createSource(description: SourceDescription, options?: CachedOptions): CachedSource;
//# sourceMappingURL=sourceDescription.d.ts.map
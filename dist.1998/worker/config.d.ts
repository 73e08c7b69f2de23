/** The file that configures a worker. What it becomes is in `hardware.ts`. */
import { z } from 'zod';
/** Recorded jobs on recorded GPUs: nothing is trained. */
declare const simulated: z.ZodObject<{
    kind: z.ZodLiteral<"simulated">;
    gpu: z.ZodString;
    traces: z.ZodOptional<z.ZodString>;
    count: z.ZodDefault<z.ZodInt>;
    speed: z.ZodDefault<z.ZodNumber>;
}, z.core.$strict>;
/** GPUs that only draw power, for a program that trains without one: a laptop, a test. */
declare const simulatedDriver: z.ZodObject<{
    kind: z.ZodLiteral<"simulated">;
    model: z.ZodDefault<z.ZodString>;
    count: z.ZodDefault<z.ZodInt>;
    powerLimitsWatts: z.ZodDefault<z.ZodPipe<z.ZodArray<z.ZodNumber>, z.ZodTransform<number[], number[]>>>;
    drawWatts: z.ZodDefault<z.ZodNumber>;
}, z.core.$strict>;
/** GPUs of this host, and programs that train on them. */
declare const gpus: z.ZodObject<{
    kind: z.ZodLiteral<"gpus">;
    driver: z.ZodPrefault<z.ZodDiscriminatedUnion<[z.ZodObject<{
        kind: z.ZodLiteral<"auto">;
    }, z.core.$strict>, z.ZodObject<{
        kind: z.ZodLiteral<"simulated">;
        model: z.ZodDefault<z.ZodString>;
        count: z.ZodDefault<z.ZodInt>;
        powerLimitsWatts: z.ZodDefault<z.ZodPipe<z.ZodArray<z.ZodNumber>, z.ZodTransform<number[], number[]>>>;
        drawWatts: z.ZodDefault<z.ZodNumber>;
    }, z.core.$strict>, z.ZodObject<{
        kind: z.ZodLiteral<"nvml">;
        library: z.ZodOptional<z.ZodString>;
    }, z.core.$strict>, z.ZodObject<{
        kind: z.ZodLiteral<"nvidiaSmi">;
        program: z.ZodOptional<z.ZodString>;
    }, z.core.$strict>, z.ZodObject<{
        kind: z.ZodLiteral<"zeusd">;
        socketPath: z.ZodOptional<z.ZodString>;
        token: z.ZodOptional<z.ZodString>;
        nvmlLibrary: z.ZodOptional<z.ZodString>;
    }, z.core.$strict>, z.ZodObject<{
        kind: z.ZodLiteral<"amdgpu">;
        root: z.ZodOptional<z.ZodString>;
    }, z.core.$strict>, z.ZodObject<{
        kind: z.ZodLiteral<"module">;
        path: z.ZodString;
        options: z.ZodOptional<z.ZodJSONSchema>;
    }, z.core.$strict>], "kind">>;
    only: z.ZodOptional<z.ZodArray<z.ZodString>>;
    allowShared: z.ZodDefault<z.ZodBoolean>;
    limits: z.ZodPrefault<z.ZodObject<{
        minWatts: z.ZodOptional<z.ZodNumber>;
        maxWatts: z.ZodOptional<z.ZodNumber>;
    }, z.core.$strict>>;
    leases: z.ZodOptional<z.ZodString>;
    hungAfterSeconds: z.ZodDefault<z.ZodNumber>;
    trainer: z.ZodPrefault<z.ZodObject<{
        kind: z.ZodLiteral<"process">;
        directory: z.ZodDefault<z.ZodString>;
        workingDirectory: z.ZodOptional<z.ZodString>;
    }, z.core.$strict>>;
}, z.core.$strict>;
export declare const workerConfigSchema: z.ZodObject<{
    version: z.ZodLiteral<1>;
    taskQueue: z.ZodDefault<z.ZodString>;
    host: z.ZodOptional<z.ZodString>;
    hardware: z.ZodDiscriminatedUnion<[z.ZodObject<{
        kind: z.ZodLiteral<"simulated">;
        gpu: z.ZodString;
        traces: z.ZodOptional<z.ZodString>;
        count: z.ZodDefault<z.ZodInt>;
        speed: z.ZodDefault<z.ZodNumber>;
    }, z.core.$strict>, z.ZodObject<{
        kind: z.ZodLiteral<"gpus">;
        driver: z.ZodPrefault<z.ZodDiscriminatedUnion<[z.ZodObject<{
            kind: z.ZodLiteral<"auto">;
        }, z.core.$strict>, z.ZodObject<{
            kind: z.ZodLiteral<"simulated">;
            model: z.ZodDefault<z.ZodString>;
            count: z.ZodDefault<z.ZodInt>;
            powerLimitsWatts: z.ZodDefault<z.ZodPipe<z.ZodArray<z.ZodNumber>, z.ZodTransform<number[], number[]>>>;
            drawWatts: z.ZodDefault<z.ZodNumber>;
        }, z.core.$strict>, z.ZodObject<{
            kind: z.ZodLiteral<"nvml">;
            library: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{
            kind: z.ZodLiteral<"nvidiaSmi">;
            program: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{
            kind: z.ZodLiteral<"zeusd">;
            socketPath: z.ZodOptional<z.ZodString>;
            token: z.ZodOptional<z.ZodString>;
            nvmlLibrary: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{
            kind: z.ZodLiteral<"amdgpu">;
            root: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>, z.ZodObject<{
            kind: z.ZodLiteral<"module">;
            path: z.ZodString;
            options: z.ZodOptional<z.ZodJSONSchema>;
        }, z.core.$strict>], "kind">>;
        only: z.ZodOptional<z.ZodArray<z.ZodString>>;
        allowShared: z.ZodDefault<z.ZodBoolean>;
        limits: z.ZodPrefault<z.ZodObject<{
            minWatts: z.ZodOptional<z.ZodNumber>;
            maxWatts: z.ZodOptional<z.ZodNumber>;
        }, z.core.$strict>>;
        leases: z.ZodOptional<z.ZodString>;
        hungAfterSeconds: z.ZodDefault<z.ZodNumber>;
        trainer: z.ZodPrefault<z.ZodObject<{
            kind: z.ZodLiteral<"process">;
            directory: z.ZodDefault<z.ZodString>;
            workingDirectory: z.ZodOptional<z.ZodString>;
        }, z.core.$strict>>;
    }, z.core.$strict>], "kind">;
    carbon: z.ZodOptional<z.ZodDiscriminatedUnion<[z.ZodObject<{
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
    }, z.core.$strict>], "kind">], "provider">>;
    encryption: z.ZodOptional<z.ZodObject<{
        keys: z.ZodArray<z.ZodObject<{
            id: z.ZodString;
            key: z.ZodUnion<readonly [z.ZodObject<{
                env: z.ZodString;
            }, z.core.$strict>, z.ZodObject<{
                file: z.ZodString;
            }, z.core.$strict>]>;
        }, z.core.$strict>>;
    }, z.core.$strict>>;
    insecurePlaintext: z.ZodDefault<z.ZodBoolean>;
}, z.core.$strict>;
export type WorkerConfig = z.output<typeof workerConfigSchema>;
export type SimulatedConfig = z.output<typeof simulated>;
export type GpusConfig = z.output<typeof gpus>;
export type SimulatedDriverConfig = z.output<typeof simulatedDriver>;
export {};
//# sourceMappingURL=config.d.ts.map
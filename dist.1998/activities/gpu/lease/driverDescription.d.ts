import { z } from 'zod';
import type { BoardOptions } from '../boards';
import type { GpuDriver } from '../driver';
export declare const driverDescriptionSchema: z.ZodDiscriminatedUnion<[z.ZodObject<{
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
}, z.core.$strict>], "kind">;
export type DriverDescription = z.output<typeof driverDescriptionSchema>;
export declare function createDriver(description: DriverDescription, options?: BoardOptions): Promise<GpuDriver>;
//# sourceMappingURL=driverDescription.d.ts.map
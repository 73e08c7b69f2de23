/** What a worker tells its sentinel: at the start, on the command line; then a line at a time through the pipe. */
import { z } from 'zod';
export declare const ordersSchema: z.ZodObject<{
    directory: z.ZodString;
    uuids: z.ZodReadonly<z.ZodArray<z.ZodString>>;
    driver: z.ZodDiscriminatedUnion<[z.ZodObject<{
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
    workerPid: z.ZodInt;
    workerStartedAt: z.ZodString;
    hungAfterSeconds: z.ZodNumber;
}, z.core.$strict>;
export type Orders = z.output<typeof ordersSchema>;
/** From the worker: it lives; all is put back. From the sentinel: it stands by, or why it cannot. */
export declare const lines: {
    readonly alive: 'alive\n';
    readonly done: 'done\n';
    readonly ready: 'ready\n';
};
//# sourceMappingURL=orders.d.ts.map
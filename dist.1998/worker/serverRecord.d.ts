import { z } from 'zod';
declare const serverRecord: z.ZodObject<{
    pid: z.ZodInt;
    owner: z.ZodInt;
    address: z.ZodString;
    uiAddress: z.ZodOptional<z.ZodString>;
}, z.core.$strip>;
export type ServerRecord = Readonly<z.infer<typeof serverRecord>>;
export declare function readRecord(directory: string): Promise<ServerRecord | undefined>;
export declare function writeRecord(directory: string, record: ServerRecord): Promise<void>;
export declare function removeRecord(directory: string): Promise<void>;
export {};
//# sourceMappingURL=serverRecord.d.ts.map
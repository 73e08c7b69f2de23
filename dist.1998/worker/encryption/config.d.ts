/** Which keys payloads are encrypted with. Keys are only named here; they live in the environment or in files of their own. */
import { z } from 'zod';
export declare const encryptionSchema: z.ZodObject<{
    keys: z.ZodArray<z.ZodObject<{
        id: z.ZodString;
        key: z.ZodUnion<readonly [z.ZodObject<{
            env: z.ZodString;
        }, z.core.$strict>, z.ZodObject<{
            file: z.ZodString;
        }, z.core.$strict>]>;
    }, z.core.$strict>>;
}, z.core.$strict>;
export type EncryptionConfig = z.output<typeof encryptionSchema>;
/** @throws InvalidFile */
export declare function readEncryptionFile(file: string): Promise<EncryptionConfig>;
//# sourceMappingURL=config.d.ts.map
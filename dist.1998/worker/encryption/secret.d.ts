import { z } from 'zod';
import { WattbanditError } from '../errors';
export declare const secretReferenceSchema: z.ZodUnion<readonly [z.ZodObject<{
    env: z.ZodString;
}, z.core.$strict>, z.ZodObject<{
    file: z.ZodString;
}, z.core.$strict>]>;
export type SecretReference = z.output<typeof secretReferenceSchema>;
/** `what`: for messages. @throws WattbanditError `invalid` if there is none */
export declare function readSecret(what: string, reference: SecretReference): Promise<string>;
export declare function unusableSecret(what: string, reference: SecretReference, fact: string): WattbanditError;
//# sourceMappingURL=secret.d.ts.map
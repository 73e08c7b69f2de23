import { z } from 'zod';
export declare const secretRefSchema: z.ZodUnion<readonly [z.ZodObject<{
    env: z.ZodString;
}, z.core.$strict>, z.ZodObject<{
    file: z.ZodString;
}, z.core.$strict>]>;
export type SecretRef = z.output<typeof secretRefSchema>;
/**
 * One that does not go into a header is refused here, for `fetch` would quote it.
 * @throws SourceError `forbidden`
 */
export declare function readSecret(ref: SecretRef, purpose: string): Promise<string>;
export declare function placeOf(ref: SecretRef): string;
/** Also as a provider may echo them: encoded for a URL or for HTTP Basic. */
export declare function redact(words: string, secrets: readonly string[]): string;
export declare function base64(secret: string): string;
//# sourceMappingURL=secret.d.ts.map
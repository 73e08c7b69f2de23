import { z } from 'zod';
declare const manifest: z.ZodObject<{
    version: z.ZodString;
    engines: z.ZodObject<{
        node: z.ZodString;
    }, z.core.$strip>;
}, z.core.$strip>;
/** Read when asked for: an `import` would make the compiler copy package.json into dist/, as a second package. */
export declare function packageManifest(): z.infer<typeof manifest>;
export {};
//# sourceMappingURL=package.d.ts.map
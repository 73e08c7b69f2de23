import type { z } from 'zod';
/** @throws InvalidFile if the file cannot be read or does not fit the schema */
export declare function readYamlFile<T>(file: string, schema: z.ZodType<T>): Promise<T>;
/** `file` only names the text in messages. @throws InvalidFile */
export declare function parseYaml<T>(text: string, file: string, schema: z.ZodType<T>): T;
//# sourceMappingURL=yamlFile.d.ts.map
import { z } from 'zod';
/** The rule an issue breaks; becomes its message unless the schema has words of its own. */
export declare function ruleFor(issue: z.core.$ZodRawIssue): string;
/** `key`: the unknown key that the issue is about. */
export declare function remedyFor(issue: z.core.$ZodIssue, schema: z.ZodType, key?: string): string;
/** The most similar word, if it is similar at all: a third of the letters may differ, at least two. */
export declare function nearest(word: string, known: readonly string[]): string | undefined;
//# sourceMappingURL=yamlRules.d.ts.map
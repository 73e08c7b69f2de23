/** The file that names tokens, and where each is. */
import { z } from 'zod';
import { roles } from '../activities/overrideRoles';
import { readSecret, secretReferenceSchema } from '../worker/encryption/secret';
import { WattbanditError } from '../worker/errors';
import { readYamlFile } from '../worker/yamlFile';
import type { Token } from './access';

export const tokenFileSchema = z.strictObject({
  version: z.literal(1),
  tokens: z
    .array(
      z.strictObject({
        /** Who holds it: stands in overrides and in what the gateway says. */
        name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._@-]{0,99}$/, 'must be letters, digits, dots, dashes or @'),
        token: secretReferenceSchema,
        role: z.enum(roles),
        /** Globs of job ids, as `mnist-*`; every job unless given. */
        jobs: z.array(z.string().min(1)).min(1).optional(),
      }),
    )
    .min(1),
});

/** What can be guessed is no secret. */
const fewestCharacters = 16;

/** @throws InvalidFile, or WattbanditError `invalid` for a token that is not there or cannot serve */
export async function readTokens(file: string): Promise<readonly Token[]> {
  const { tokens } = await readYamlFile(file, tokenFileSchema);
  const read = await Promise.all(
    tokens.map(async ({ token: reference, ...caller }): Promise<Token> => {
      const token = await readSecret(`token ${caller.name}`, reference);
      if (token.length >= fewestCharacters) return { ...caller, token };
      throw new WattbanditError(
        'invalid',
        `Cannot use token ${caller.name}: it has fewer than ${fewestCharacters} characters.`,
      );
    }),
  );
  const twice = read.find(({ name, token }, i) => read.slice(0, i).some((e) => e.name === name || e.token === token));
  if (twice === undefined) return read;
  throw new WattbanditError('invalid', `Cannot use token ${twice.name}: its name or its secret is another's, too.`);
}

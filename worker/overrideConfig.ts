/** Whose overrides a worker believes, as its configuration says it. */
import { z } from 'zod';
import { createKeySet } from '../activities/keySet';
import type { OverrideRules } from '../activities/verifyOverride';
import { secretReferenceSchema } from './encryption/secret';
import { readSealKey } from './sealKey';

const keySet = z.union(
  [z.strictObject({ file: z.string().min(1) }), z.strictObject({ url: z.string().superRefine(checkKeySetUrl) })],
  { error: 'must be { file: PATH }, or { url: URL } of https, or of http on this computer' },
);

export const overridesSchema = z.strictObject({
  /** Believes who proves nothing: for places where whoever reaches Temporal may do everything anyway. */
  allowUnsigned: z.boolean().default(false),
  /** Keys of the identity provider that signs overrides, and what its tokens must say. */
  tokens: z
    .strictObject({
      jwks: keySet,
      issuer: z.string().min(1).optional(),
      audience: z.string().min(1).optional(),
      /** Private P-256 keys in PEM: each of them opens tokens that were sealed for it. */
      sealKeys: z.array(secretReferenceSchema).min(1).max(10).optional(),
    })
    .optional(),
});

/** @throws WattbanditError `invalid` for a seal key that is missing or is none */
export async function overrideRulesFor({ allowUnsigned, tokens }: OverridesConfig): Promise<OverrideRules> {
  if (tokens === undefined) return { allowUnsigned };
  const sealKeys = await Promise.all((tokens.sealKeys ?? []).map((place) => readSealKey(place, 'private')));
  return { allowUnsigned, tokens: { ...tokens, sealKeys } };
}

export type OverridesConfig = z.output<typeof overridesSchema>;

function checkKeySetUrl(url: string, context: z.RefinementCtx): void {
  try {
    createKeySet({ url });
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
  }
}

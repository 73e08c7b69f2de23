/** Whose overrides a worker believes, as its configuration says it. */
import { z } from 'zod';
import { createKeySet } from '../activities/keySet';

const keySet = z.union(
  [z.strictObject({ file: z.string().min(1) }), z.strictObject({ url: z.string().superRefine(checkKeySetUrl) })],
  { error: 'must be { file: PATH }, or { url: URL } of https, or of http on this computer' },
);

export const overridesSchema = z.strictObject({
  /** Believes who proves nothing: for places where whoever reaches Temporal may do everything anyway. */
  allowUnsigned: z.boolean().default(false),
  /** Keys of the identity provider that signs overrides, and what its tokens must say. */
  tokens: z
    .strictObject({ jwks: keySet, issuer: z.string().min(1).optional(), audience: z.string().min(1).optional() })
    .optional(),
});

function checkKeySetUrl(url: string, context: z.RefinementCtx): void {
  try {
    createKeySet({ url });
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) });
  }
}

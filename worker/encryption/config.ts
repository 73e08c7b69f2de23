/** Which keys payloads are encrypted with. Keys are only named here; they live in the environment or in files of their own. */
import { z } from 'zod';
import { readYamlFile } from '../yamlFile';
import { secretReferenceSchema } from './secret';

const key = z.strictObject({
  /** Stands beside each payload in the clear, so that it is known which key opens it. */
  id: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be up to 64 letters, digits, dots, dashes or underscores'),
  /** 32 bytes in base64. */
  key: secretReferenceSchema,
});

export const encryptionSchema = z.strictObject({
  /** The first one encrypts, each of them decrypts. */
  keys: z
    .array(key)
    .min(1)
    .max(100)
    .refine((keys) => new Set(keys.map(({ id }) => id)).size === keys.length, {
      error: 'must not have two keys of one id',
    }),
});

export type EncryptionConfig = z.output<typeof encryptionSchema>;

/** A worker's configuration, or a file that has only this part of it. */
const encryptionFileSchema = z.looseObject({ encryption: encryptionSchema });

/** @throws InvalidFile */
export async function readEncryptionFile(file: string): Promise<EncryptionConfig> {
  return (await readYamlFile(file, encryptionFileSchema)).encryption;
}

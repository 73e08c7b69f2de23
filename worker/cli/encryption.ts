/** Where a command finds the keys to what Temporal stores: flag, else environment. */
import { type EncryptionConfig, readEncryptionFile } from '../encryption/config';
import type { GlobalOptions } from './session';

/** @throws InvalidFile */
export async function encryptionOf({ encryption }: GlobalOptions): Promise<EncryptionConfig | undefined> {
  const file = encryption ?? process.env['WATTBANDIT_ENCRYPTION'];
  return file === undefined || file === '' ? undefined : readEncryptionFile(file);
}

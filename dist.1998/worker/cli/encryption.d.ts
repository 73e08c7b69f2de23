/** Where a command finds the keys to what Temporal stores: flag, else environment. */
import { type EncryptionConfig } from '../encryption/config';
import type { GlobalOptions } from './session';
/** @throws InvalidFile */
export declare function encryptionOf({ encryption }: GlobalOptions): Promise<EncryptionConfig | undefined>;
//# sourceMappingURL=encryption.d.ts.map
/** Encryption keys out of the places that hold them. */
import { type KeyObject } from 'node:crypto';
import type { EncryptionConfig } from './config';
export interface EncryptionKey {
    readonly id: string;
    /** Of 256 bits. Prints as nothing but its kind. */
    readonly secret: KeyObject;
}
/** In the order of the configuration. @throws WattbanditError `invalid` if one of them is missing or is no key */
export declare function loadKeys({ keys }: EncryptionConfig): Promise<readonly EncryptionKey[]>;
//# sourceMappingURL=keys.d.ts.map
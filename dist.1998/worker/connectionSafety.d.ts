/** Job specifications, trainer commands and API keys cross a network encrypted, unless somebody says in so many words that they need not. */
import type { NativeConnectionOptions } from '@temporalio/worker';
export type Connecting = Pick<NativeConnectionOptions, 'address' | 'tls' | 'apiKey' | 'proxy'>;
/** @throws WattbanditError `invalid` for a server beyond this computer that is to be spoken to without TLS */
export declare function refusePlaintext(connecting: Connecting, insecurePlaintext: boolean): void;
//# sourceMappingURL=connectionSafety.d.ts.map
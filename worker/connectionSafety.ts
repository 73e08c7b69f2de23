/** Job specifications, trainer commands and API keys cross a network encrypted, unless somebody says in so many words that they need not. */
import type { NativeConnectionOptions } from '@temporalio/worker';
import { isLoopback } from '../activities/loopback';
import { WattbanditError } from './errors';

export type Connecting = Pick<NativeConnectionOptions, 'address' | 'tls' | 'apiKey' | 'proxy'>;

/** @throws WattbanditError `invalid` for a server beyond this computer that is to be spoken to without TLS */
export function refusePlaintext(connecting: Connecting, insecurePlaintext: boolean): void {
  const { address = 'localhost:7233', apiKey } = connecting;
  if (insecurePlaintext || isEncrypted(connecting) || staysHere(address, connecting)) return;
  const exposed = apiKey === undefined ? 'all that is said' : 'the API key and all that is said';
  throw new WattbanditError(
    'invalid',
    `Cannot connect to Temporal at ${address} without TLS: whoever is on the way could read and change ${exposed}.\n` +
      'Turn TLS on, by TEMPORAL_TLS=true or in the Temporal profile; or accept it by --insecure-plaintext, in a worker’s configuration by `insecurePlaintext: true`.',
  );
}

/** As the SDK understands it: an API key turns TLS on where nothing turns it off. */
function isEncrypted({ tls, apiKey }: Connecting): boolean {
  return tls === undefined || tls === null ? apiKey !== undefined : tls !== false;
}

/** A proxy is asked for the loopback of its own computer. */
function staysHere(address: string, { proxy }: Connecting): boolean {
  const host = /^(?:\[(?<ipv6>[^\]]+)\]|(?<name>[^:]+))(?::\d+)?$/.exec(address)?.groups;
  return proxy === undefined && isLoopback(host?.['ipv6'] ?? host?.['name'] ?? '');
}

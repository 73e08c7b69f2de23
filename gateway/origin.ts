/** Pages in browsers of this computer reach what listens on loopback; none of them is to reach this. */
import type { IncomingHttpHeaders } from 'node:http';
import { isLoopback } from '../activities/loopback';
import { WattbanditError } from '../worker/errors';

/**
 * Browsers say by `Origin` which page a request comes from, and by `Host` under which name they found us, also one that DNS leads here.
 * @throws WattbanditError `notAllowed`
 */
export function refuseStrangers({ origin, host }: IncomingHttpHeaders, open: boolean): void {
  if (origin !== undefined)
    throw new WattbanditError('notAllowed', 'Cannot answer a page in a browser: the gateway is for programs.');
  if (open && !isLoopback(nameIn(host ?? '')))
    throw new WattbanditError('notAllowed', 'Cannot answer under this name without tokens: ask for 127.0.0.1.');
}

function nameIn(host: string): string {
  return host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
}

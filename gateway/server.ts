/**
 * The gateway: wattbandit for programs that speak HTTP. It keeps nothing; any number of them may run beside each other, and may end at
 * any moment.
 */
import type { Client } from '@temporalio/client';
import type { TokenCover } from '../worker/coveredToken';
import { WattbanditError } from '../worker/errors';
import { type Token, createAdmit } from './access';
import { createApp } from './app';
import { createBackend } from './backend';
import { addJobRoutes } from './jobRoutes';
import { methodsOf, refuseOtherMethods } from './methods';
import { addOverrideRoutes } from './overrideRoutes';
import { addRecurrenceRoutes } from './recurrenceRoutes';
import { addRunRoutes } from './runRoutes';
import { addServiceRoutes } from './serviceRoutes';
import type { ZeusRules } from './zeus/job';
import { addZeusRoutes } from './zeus/routes';

export interface GatewayOptions {
  readonly client: Client;
  /** Of the workers that run what is created and started here. */
  readonly taskQueue?: string;
  readonly host: string;
  /** 0 for a free one. */
  readonly port: number;
  /** Null: whoever reaches it may do everything. */
  readonly tokens: readonly Token[] | null;
  readonly requestsPerSecond: number;
  readonly zeus: ZeusRules;
  /** Of signed tokens that callers pass on. */
  readonly cover: TokenCover;
  readonly version: string;
  readonly say: (text: string) => void;
}

export interface Gateway {
  readonly url: string;
  /** Takes nothing new, and resolves when what is under way has been answered. */
  close(): Promise<void>;
}

/** Serves when this resolves. @throws WattbanditError `unavailable` if the port is taken */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { client, taskQueue, host, port, tokens, zeus, cover, say } = options;
  const backend = createBackend(client, taskQueue);
  const { app, metrics } = await createApp({ ...options, admit: createAdmit(tokens), open: tokens === null });
  const methods = methodsOf(app);
  addJobRoutes(app, backend);
  addRunRoutes(app, backend);
  addRecurrenceRoutes(app, backend);
  addOverrideRoutes(app, backend, cover);
  addServiceRoutes(app, backend, metrics);
  await addZeusRoutes(app, backend, { rules: zeus, say });
  refuseOtherMethods(app, methods);
  try {
    return { url: await app.listen({ host, port }), close: () => app.close() };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new WattbanditError('unavailable', `Cannot listen on ${host}, port ${port}: ${why}.`, { cause });
  }
}

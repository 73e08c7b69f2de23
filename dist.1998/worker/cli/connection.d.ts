/** Which Temporal a command talks to: flag, else environment, else profile, else the demonstration's own server. */
import { Client, Connection } from '@temporalio/client';
import { type ClientConnectConfig } from '@temporalio/envconfig';
import { JobClient } from '../client';
import type { GlobalOptions, Session } from './session';
export interface Target {
    readonly address: string;
    readonly namespace: string;
    /** What decided on the address. */
    readonly foundBy: string;
    /** With TLS and API key, for clients and workers alike; never printed. */
    readonly connectionOptions: ClientConnectConfig['connectionOptions'];
}
/** @throws WattbanditError `invalid` for a profile that cannot be read, or that leads to another computer without TLS */
export declare function findTarget(globals: GlobalOptions): Promise<Target>;
/** @throws WattbanditError `unavailable` if the server does not answer */
export declare function connect({ address, foundBy, connectionOptions }: Target): Promise<Connection>;
/** Connects, waits for every answer a limited time, and hangs up. */
export declare function withClient<T>(session: Session, use: (client: Client, target: Target) => Promise<T>): Promise<T>;
export declare function withJobs<T>(session: Session, use: (jobs: JobClient) => Promise<T>, taskQueue?: string): Promise<T>;
//# sourceMappingURL=connection.d.ts.map
/** One `temporal server start-dev` process: how it is started, and asked whether it serves. */
import { type ConnectionOptions } from '@temporalio/client';
import type { ServerRecord } from './serverRecord';
export interface LaunchOptions {
    readonly binary: string;
    /** for the log */
    readonly directory: string;
    readonly namespace: string;
    /** the data file; without one the data lives in memory */
    readonly database?: string;
    readonly ui: boolean;
    /** where it served before; a free one unless given */
    readonly port?: number;
    /** server settings over our own */
    readonly dynamicConfig?: Readonly<Record<string, string | number>>;
}
/**
 * Starts a server that serves when this returns. `onLaunch` hears of each process before it serves: of more than one, if another
 * program takes a port between its choice and its use.
 * @throws WattbanditError `unavailable` with the end of the log if it dies, or does not serve within a minute
 */
export declare function startServer(options: LaunchOptions, onLaunch: (record: ServerRecord) => Promise<void>): Promise<ServerRecord>;
/** Why the server does not answer, `undefined` if it does. */
export declare function answers(options: ConnectionOptions, milliseconds: number): Promise<string | undefined>;
//# sourceMappingURL=serverProcess.d.ts.map
/**
 * A Temporal server for this process: the one that is configured, one that already runs here, or one that is obtained and
 * started. An embedded server keeps its data in the state directory and belongs to the process that started or adopted it.
 */
import { type ClientConnectConfig } from '@temporalio/envconfig';
import { type BinarySource } from './serverBinary';
export interface Server {
    /** host:port of the gRPC frontend */
    readonly address: string;
    readonly namespace: string;
    /** how it was come by; `running` was started by an earlier call, here or in another process */
    readonly how: 'configured' | 'running' | BinarySource;
    /** for `Connection.connect` and `NativeConnection.connect` alike; carries TLS and the API key of a configured server */
    readonly connectionOptions: ClientConnectConfig['connectionOptions'];
    /** where the embedded server's web pages are; a configured server's are its operator's affair */
    readonly uiAddress?: string;
    /** rejects when the embedded server ends unasked; never for a configured one, which may come back */
    readonly lost: (signal: AbortSignal) => Promise<never>;
    /** ends the embedded server if it belongs to this process, and waits for that; harmless otherwise and when repeated */
    stop(): Promise<void>;
}
export interface ServerOptions {
    /** where the embedded server keeps its data, log and record; default `WATTBANDIT_STATE`, else `.wattbandit` */
    readonly stateDirectory?: string;
    /** default `process.env` */
    readonly env?: NodeJS.ProcessEnv;
    /** told in a few words whenever something takes long */
    readonly onProgress?: (text: string) => void;
    /** speaks without TLS also to a configured server on another computer */
    readonly insecurePlaintext?: boolean;
    /** gives up; what was started by then is ended */
    readonly signal?: AbortSignal;
}
/** @throws WattbanditError `unavailable` if there is no server and none can be obtained, `invalid` if the state has no place or TLS is missing */
export declare function findServer(options?: ServerOptions): Promise<Server>;
/** @throws WattbanditError `invalid` if the directory can be neither found nor made, or not written to */
export declare function makeState(directory: string): Promise<void>;
export declare function stateDirectory(options?: Pick<ServerOptions, 'stateDirectory' | 'env'>): string;
//# sourceMappingURL=server.d.ts.map
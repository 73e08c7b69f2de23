import { type CodecRules } from './codecRequest';
export interface CodecServerOptions extends CodecRules {
    readonly host: string;
    /** 0 for a free one. */
    readonly port: number;
}
export interface CodecServer {
    readonly url: string;
    close(): Promise<void>;
}
/** Serves when this resolves. @throws WattbanditError `unavailable` if the port is taken */
export declare function startCodecServer(options: CodecServerOptions): Promise<CodecServer>;
//# sourceMappingURL=codecServer.d.ts.map
import { type Server } from 'node:net';
export interface ReportSocket {
    readonly path: string;
    readonly server: Server;
    readonly close: () => Promise<void>;
}
/** In a directory that only this user can enter, with a short name: the system allows about a hundred characters. */
export declare function openReportSocket(): Promise<ReportSocket>;
//# sourceMappingURL=reportSocket.d.ts.map
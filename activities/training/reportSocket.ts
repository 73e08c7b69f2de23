/**
 * A second door for reports, a Unix socket: launchers such as torchrun start the trainer without passing descriptors on.
 * Lines go in, requests come out of the same connection.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ReportSocket {
  readonly path: string;
  readonly server: Server;
  readonly close: () => Promise<void>;
}

/** The processes of a run that may speak at once; one is usual. */
const mostConnections = 16;

/** In a directory that only this user can enter, with a short name: the system allows about a hundred characters. */
export async function openReportSocket(): Promise<ReportSocket> {
  const directory = await mkdtemp(join(tmpdir(), 'wattbandit-'));
  const path = join(directory, 'report');
  const server = createServer();
  server.maxConnections = mostConnections;
  const close = async () => {
    server.close();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await once(server.listen(path), 'listening');
    return { path, server, close };
  } catch (error) {
    await close();
    throw error;
  }
}

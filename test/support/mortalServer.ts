/** A Temporal server whose data outlives it, to be killed and started again at the same address. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopProcess } from '../../worker/processes';
import { startServer } from '../../worker/serverProcess';

export class MortalServer {
  private readonly directory = mkdtempSync(join(tmpdir(), 'wattbandit-server-'));
  private pid: number | undefined;
  private port: number | undefined;

  constructor(private readonly binary: string) {}

  get address(): string {
    return `127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const { binary, directory, port } = this;
    const data = { directory, database: join(directory, 'temporal.db') };
    const place = port === undefined ? {} : { port };
    const options = { binary, ...data, ...place, namespace: 'default', ui: false };
    const { address } = await startServer(options, async ({ pid }) => void (this.pid = pid));
    this.port = Number(new URL(`tcp://${address}`).port);
  }

  async kill(): Promise<void> {
    if (this.pid !== undefined) await stopProcess(this.pid, 'SIGKILL');
    this.pid = undefined;
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

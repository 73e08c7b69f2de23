/** A GPU host as it is in the field: a worker process of the command line, NVML, a directory of leases, one of runs. */
import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startCli } from './cli';
import { type StubGpu, createNvmlHost } from './nvmlStub';

export interface GpuHostOptions {
  readonly name: string;
  readonly address: string;
  readonly taskQueue: string;
  readonly gpus?: readonly StubGpu[];
  /** Of the worker's `hardware`. */
  readonly hardware?: Record<string, unknown>;
  /** Of its configuration beside that. */
  readonly config?: Record<string, unknown>;
}

/** As JSON, which YAML contains. */
const configFile = 'worker.yaml';

export class GpuHost {
  readonly nvml;
  readonly directory = mkdtempSync(join(tmpdir(), 'wattbandit-host-'));
  readonly leases = join(this.directory, 'leases');
  private worker: ChildProcess | undefined;
  /** What its workers said on stdout once they polled. */
  saidLater = '';

  constructor(private readonly options: GpuHostOptions) {
    const { name, gpus = [{}], taskQueue, hardware, config: more } = options;
    // Two hosts of one test must not have GPUs of one name.
    this.nvml = createNvmlHost(gpus.map((gpu, i) => ({ uuid: `GPU-${name}-${i}`, ...gpu })));
    const trainer = { kind: 'process', directory: join(this.directory, 'runs') };
    const defaults = { kind: 'gpus', driver: { kind: 'nvml' }, leases: this.leases, trainer };
    const config = { version: 1, taskQueue, host: name, hardware: { ...defaults, ...hardware }, ...more };
    writeFileSync(join(this.directory, configFile), JSON.stringify(config));
  }

  get pid(): number | undefined {
    return this.worker?.pid;
  }

  /** Resolves once it polls; answers what it said until then. */
  async start(...flags: readonly string[]): Promise<readonly string[]> {
    const { address } = this.options;
    const args = [
      'worker',
      'start',
      '-c',
      join(this.directory, configFile),
      '-o',
      'jsonl',
      '--log-level',
      'error',
      ...flags,
    ];
    const worker = startCli(args, { ...this.nvml.env, TEMPORAL_ADDRESS: address });
    this.worker = worker;
    const said: string[] = [];
    worker.stderr?.on('data', (data: Buffer) => said.push(data.toString()));
    for await (const line of createInterface({ input: worker.stdout! })) {
      said.push(line);
      if (line.includes('"ready"')) break;
    }
    worker.stdout?.on('data', (data: Buffer) => (this.saidLater += data.toString()));
    if (!said.at(-1)?.includes('"ready"'))
      throw new Error(`The worker of ${this.options.name} ended: ${said.join('')}`);
    return said;
  }

  /** Does not wait for what comes of it. */
  tell(signal: NodeJS.Signals): void {
    this.worker?.kill(signal);
  }

  get hasEnded(): boolean {
    return this.worker !== undefined && (this.worker.exitCode !== null || this.worker.signalCode !== null);
  }

  /** Of the worker that ended; null while it runs, and for one that was killed. */
  get exitCode(): number | null | undefined {
    return this.worker?.exitCode;
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const { worker } = this;
    if (worker === undefined || worker.exitCode !== null || worker.signalCode !== null) return;
    const gone = once(worker, 'exit');
    worker.kill(signal);
    await gone;
  }

  get limitsWatts(): readonly number[] {
    return this.nvml.uuids.map((uuid) => this.nvml.truth(uuid).limitWatts);
  }

  get journals(): readonly string[] {
    return existsSync(this.leases) ? readdirSync(this.leases).filter((name) => !name.endsWith('.lock')) : [];
  }

  /** For what a trainer writes. */
  get logFile(): string {
    return join(this.directory, 'log.jsonl');
  }

  get log(): readonly Record<string, unknown>[] {
    if (!existsSync(this.logFile)) return [];
    const lines = readFileSync(this.logFile, 'utf8').trim().split('\n');
    return lines.map((line): Record<string, unknown> => JSON.parse(line));
  }

  async remove(): Promise<void> {
    await this.end('SIGKILL');
    this.nvml.remove();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

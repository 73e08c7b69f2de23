/** A trainer's process under way: its lines become events, its end or its silence becomes a failure, and none of it is left. */
import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { Duplex, Readable, type Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GpuDriver } from '../gpu/driver';
import { EventQueue } from './eventQueue';
import { type Failure, failureFor } from './exitOutcome';
import { ProbeDesk } from './probeDesk';
import { forgetAtExit, killAtExit } from './exitHook';
import { reportDescriptor, requestDescriptor } from './processEnvironment';
import type { ProcessSettings } from './processSettings';
import { type RunIdentity, endProcesses } from './processTable';
import { ReportListener } from './reportListener';
import type { ReportSocket } from './reportSocket';
import { Silence } from './silence';
import type { Probe, RunRequest, TrainingEvent, TrainingRun } from './trainer';
import { type Said, TrainerLines } from './trainerLines';
import { OutputLog, TrainerOutput } from './trainerOutput';

export interface ProcessStart {
  readonly child: ChildProcess;
  readonly identity: Promise<RunIdentity>;
  readonly settings: ProcessSettings;
  readonly request: RunRequest;
  readonly gpus: GpuDriver;
  readonly socket: ReportSocket;
  /** Where the trainer's output goes. */
  readonly outputFile: string;
  /** Called when nothing of the trainer is left. */
  readonly onGone: () => Promise<void>;
}

/** Streams end with the last process that holds them; one that nobody could find must not hold up the rest. */
const drainMs = 1000;

export class ProcessRun implements TrainingRun {
  private readonly queue = new EventQueue();
  private readonly lines: TrainerLines;
  private readonly log: OutputLog;
  private readonly stdout: TrainerOutput;
  private readonly stderr: TrainerOutput;
  private readonly probes = new ProbeDesk();
  private readonly listener: ReportListener;
  private readonly connections: Socket[] = [];
  private readonly exited: Promise<void>;
  private readonly silence: Silence;
  private readonly beganMs = performance.now();
  private stopping: Promise<void> | undefined;

  constructor(private readonly start: ProcessStart) {
    const { child, settings, outputFile, request, socket } = start;
    const report = readable(child.stdio[reportDescriptor]);
    const requests = duplex(child.stdio[requestDescriptor]);
    this.lines = new TrainerLines(request.spec.maxEpochs);
    this.listener = new ReportListener({
      read: (line) => this.lines.read(line, this.seconds),
      hear: (said, from) => this.take(said, from),
    });
    this.log = new OutputLog(outputFile);
    this.stdout = new TrainerOutput(readable(child.stdout), this.log);
    this.stderr = new TrainerOutput(readable(child.stderr), this.log);
    // A trainer that closes its ends, stops reading or writes where it should read harms nobody.
    requests.on('error', () => {}).resume();
    void this.listener.listen(report, requests).then(() => this.afterReports());
    socket.server.on('connection', (connection) => {
      this.connections.push(connection);
      void this.listener.listen(connection, connection);
    });
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => void this.afterExit(code, signal).then(resolve));
    });
    if (child.pid !== undefined) killAtExit(child.pid);
    this.silence = new Silence(settings.silence, () => this.hang());
  }

  async next(): Promise<TrainingEvent> {
    return this.queue.next();
  }

  /** Absent until the trainer says that it can. */
  get probe(): ((batchSize: number) => Promise<Probe>) | undefined {
    if (!this.probes.isOpen) return undefined;
    return (batchSize) => this.probes.probe(batchSize);
  }

  async stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  /** Of several hosts, the first one's trainer speaks for all. */
  private get reports(): boolean {
    return (this.start.request.node?.rank ?? 0) === 0;
  }

  get beganAtSeconds(): number {
    return this.beganMs / 1000;
  }

  private get seconds(): number {
    return (performance.now() - this.beganMs) / 1000;
  }

  private take(said: Said, requests: Writable): void {
    this.silence.broken();
    switch (said.kind) {
      case 'probes':
        this.probes.open(requests);
        return;
      case 'probed':
        if (!this.probes.answer(said)) this.lines.ignored += 1;
        return;
      case 'gpus':
      case 'alive':
        return;
      case 'failed':
        this.fail(said);
        return;
      case 'progress':
      case 'epoch':
        this.queue.push(said);
    }
  }

  private hang(): void {
    if (!this.reports) return;
    const { silence } = this.start.settings;
    this.fail({ failure: 'infrastructure', detail: `the trainer hangs: it reported nothing for ${silence} s` });
  }

  /** A trainer that closed its report descriptor has nothing more to say; soon it should be gone. */
  private async afterReports(): Promise<void> {
    await Promise.race([this.exited, sleep(this.start.settings.grace * 1000, undefined, { ref: false })]);
    if (!this.reports || this.connections.some(({ destroyed }) => !destroyed)) return;
    this.fail({ failure: 'infrastructure', detail: 'the trainer closed its report descriptor and went on' });
  }

  private async afterExit(code: number | null, signal: NodeJS.Signals | null): Promise<void> {
    // Whoever it left behind would hold its GPUs and its streams. A stop gives them time to end.
    if (this.stopping === undefined) await endProcesses(await this.start.identity, 0).catch(() => {});
    await this.drain();
    const { epoch } = this.lines;
    this.fail(failureFor({ code, signal, epoch, stderr: this.stderr.lastWords, stdout: this.stdout.lastWords }));
  }

  private async drain(): Promise<void> {
    // One turn of the event loop, for a connection that was made and not noticed yet.
    await sleep(1);
    await Promise.race([
      Promise.allSettled([this.stdout.done, this.stderr.done, this.listener.done()]),
      sleep(drainMs, undefined, { ref: false }),
    ]);
  }

  private fail(failure: Failure): void {
    this.silence.end();
    const { failure: kind, detail } = this.probes.end(failure);
    this.queue.push({ kind: 'failed', failure: kind, detail: detail + this.lines.lost, atSeconds: this.seconds });
  }

  private async end(): Promise<void> {
    const { child, identity, settings, socket, onGone } = this.start;
    this.silence.end();
    this.listener.close();
    try {
      await endProcesses(await identity, settings.grace);
      await this.exited;
    } finally {
      this.fail({ failure: 'operator', detail: 'the trainer was stopped' });
      for (const stream of [...child.stdio, ...this.connections]) stream?.destroy();
      await socket.close();
      await this.log.close();
    }
    if (child.pid !== undefined) forgetAtExit(child.pid);
    await onGone();
  }
}

type Stdio = Readable | Writable | null | undefined;

function readable(stream: Stdio): Readable {
  if (stream instanceof Readable) return stream;
  throw new TypeError('a stream of the trainer is not readable');
}

function duplex(stream: Stdio): Duplex {
  if (stream instanceof Duplex) return stream;
  throw new TypeError('a stream of the trainer is not writable');
}

/** A run of a pipeline under way: it reports to the worker's desk, and its state is asked for. Results cannot be read over Kubeflow's API. */
import { setTimeout as sleep } from 'node:timers/promises';
import { EventQueue } from '../eventQueue';
import { type Failure, failureFor } from '../exitOutcome';
import { foreignGpus } from '../seenGpus';
import { Silence } from '../silence';
import type { Outset, RunRequest, TrainingEvent, TrainingRun } from '../trainer';
import { type Said, TrainerLines } from '../trainerLines';
import type { PipelinesServer, RunState } from './pipelinesServer';
import type { PipelineSettings } from './settings';

export interface PipelineStart {
  readonly server: PipelinesServer;
  readonly request: RunRequest;
  readonly settings: PipelineSettings;
  /** Joules that the GPUs drew since the run was asked for. */
  readonly drawn: () => Promise<number>;
  /** Nobody listens to the run any more. */
  readonly close: () => void;
  readonly say: (message: string) => void;
}

const lookEveryMs = 1000;
/** Reports that were sent before the run's state changed may arrive after it. */
const drainMs = 1000;
const beyondGraceMs = 60_000;

export class PipelineRun implements TrainingRun {
  private readonly queue = new EventQueue();
  private readonly lines: TrainerLines;
  /** Counted once the run is there: one that was refused leaves nothing behind. */
  private silence: Silence | undefined;
  private readonly ended = new AbortController();
  private watching: Promise<void> | undefined;
  private id = '';
  private began: { readonly atSeconds: number; readonly outset: Outset } | undefined;
  private stopping: Promise<void> | undefined;
  private readonly askedAtSeconds = nowSeconds();

  constructor(private readonly start: PipelineStart) {
    this.lines = new TrainerLines(start.request.spec.maxEpochs);
  }

  /** From now on its state is looked at. */
  watch(id: string): void {
    this.id = id;
    if (!this.ended.signal.aborted) this.silence = new Silence(this.start.settings.silence, () => this.hang());
    this.watching = this.look();
  }

  /** One report line, at its time. */
  hear(text: string): void {
    this.begin();
    for (const said of this.lines.read({ text, tooLong: false }, this.seconds)) this.take(said);
  }

  async next(): Promise<TrainingEvent> {
    return this.queue.next();
  }

  /** Waiting for pods is no training. */
  get beganAtSeconds(): number {
    return this.began?.atSeconds ?? nowSeconds();
  }

  get outset(): Outset {
    return this.began?.outset ?? { epochs: 0, seconds: 0, joules: 0 };
  }

  async stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  private get seconds(): number {
    return nowSeconds() - this.beganAtSeconds;
  }

  private begin(): void {
    if (this.began !== undefined) return;
    this.began = { atSeconds: nowSeconds(), outset: { epochs: 0, seconds: 0, joules: 0 } };
    const { atSeconds } = this.began;
    void this.start.drawn().then(
      (joules) => (this.began = { atSeconds, outset: { epochs: 0, seconds: 0, joules: -joules } }),
      () => {},
    );
  }

  private async look(): Promise<void> {
    const { server, say, settings } = this.start;
    while (!this.ended.signal.aborted) {
      try {
        const state = await server.state(this.id);
        if (state.kind === 'ended') await this.leave(state);
        else if (this.began === undefined) this.wait(settings.startWithin);
      } catch (error) {
        // A server that is away says nothing of the run.
        say(`Cannot see how run ${this.id} of Kubeflow Pipelines goes: ${String(error)}`);
      }
      await sleep(lookEveryMs, undefined, { signal: this.ended.signal }).catch(() => {});
    }
  }

  private wait(patienceSeconds: number): void {
    this.silence?.broken();
    if (nowSeconds() - this.askedAtSeconds < patienceSeconds) return;
    this.fail({
      failure: 'infrastructure',
      detail: `run ${this.id} reported nothing within ${patienceSeconds} s of its start`,
    });
  }

  private async leave({ state, error }: Extract<RunState, { kind: 'ended' }>): Promise<void> {
    await sleep(drainMs, undefined, { signal: this.ended.signal }).catch(() => {});
    const { epoch } = this.lines;
    const why = error === '' ? '' : `: ${error}`;
    switch (state) {
      case 'SUCCEEDED':
        return this.fail(failureFor({ code: 0, signal: null, epoch, stderr: '', stdout: '' }));
      case 'CANCELED':
        return this.fail({ failure: 'preempted', detail: `run ${this.id} was ended from outside${why}` });
      default:
        return this.fail({ failure: 'infrastructure', detail: `run ${this.id} ended as ${state}${why}; see its pods` });
    }
  }

  private take(said: Said): void {
    this.silence?.broken();
    switch (said.kind) {
      case 'gpus': {
        const wrong = foreignGpus(this.start.request.gpuUuids, said.uuids);
        return wrong === undefined ? undefined : this.fail({ failure: 'infrastructure', detail: wrong });
      }
      case 'failed':
        return this.fail(said);
      case 'progress':
      case 'epoch':
        return this.queue.push(said);
      // The desk answers, it does not ask.
      case 'probes':
      case 'probed':
      case 'alive':
    }
  }

  private hang(): void {
    const { silence } = this.start.settings;
    this.fail({ failure: 'infrastructure', detail: `the trainer hangs: it reported nothing for ${silence} s` });
  }

  private fail({ failure, detail }: Failure): void {
    this.silence?.end();
    this.ended.abort();
    this.start.close();
    this.queue.push({ kind: 'failed', failure, detail, atSeconds: this.seconds });
  }

  /** It is told to stop by the answer to its next report, and ended when it has had its time. */
  private async end(): Promise<void> {
    const { server, settings, say } = this.start;
    this.fail({ failure: 'operator', detail: 'the trainer was stopped' });
    await this.watching;
    if (await endsWithin(server, this.id, settings.grace * 1000)) return;
    await server.terminate(this.id);
    if (await endsWithin(server, this.id, beyondGraceMs)) return;
    say(`Cannot end run ${this.id} of Kubeflow Pipelines within ${beyondGraceMs / 1000} s: see its pods.`);
  }
}

/** Whether the run ends by itself within so long. */
export async function endsWithin(server: PipelinesServer, id: string, milliseconds: number): Promise<boolean> {
  for (let waited = 0; ; waited += lookEveryMs) {
    if ((await server.state(id)).kind === 'ended') return true;
    if (waited >= milliseconds) return false;
    await sleep(lookEveryMs);
  }
}

function nowSeconds(): number {
  return performance.now() / 1000;
}

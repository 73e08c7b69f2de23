/** A run in somebody else's hands: its state is looked at every second, its lines become events, its silence a failure. */
import { setTimeout as sleep } from 'node:timers/promises';
import { nothing } from '../gpu/reading';
import { EventQueue } from './eventQueue';
import type { Failure } from './exitOutcome';
import type { Line } from './lineCutter';
import { foreignGpus } from './seenGpus';
import { Silence } from './silence';
import type { Outset, RunRequest, TrainingEvent, TrainingRun } from './trainer';
import { type Said, TrainerLines } from './trainerLines';

export interface Watched {
  readonly request: RunRequest;
  /** `silence`: seconds. */
  readonly settings: { readonly silence: number };
  readonly say: (message: string) => void;
}

const lookEveryMs = 1000;

export abstract class WatchedRun implements TrainingRun {
  protected readonly lines: TrainerLines;
  /** Since when it trains, and from where. */
  protected began: { readonly atSeconds: number; readonly outset: Outset } | undefined;
  private readonly queue = new EventQueue();
  private readonly over = new AbortController();
  private readonly askedAtSeconds = nowSeconds();
  private silence: Silence | undefined;
  private watching: Promise<void> | undefined;
  private stopping: Promise<void> | undefined;

  constructor(private readonly watched: Watched) {
    this.lines = new TrainerLines(watched.request.spec.maxEpochs);
  }

  async next(): Promise<TrainingEvent> {
    return this.queue.next();
  }

  /** Waiting for a pod is no training. */
  get beganAtSeconds(): number {
    return this.began?.atSeconds ?? nowSeconds();
  }

  get outset(): Outset {
    return this.began?.outset ?? nothing;
  }

  async stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  /** For messages. */
  protected abstract get name(): string;

  /** Acts on its state as it is now. @throws Error if nobody tells it, which says nothing of the run */
  protected abstract look(): Promise<void>;

  /** Leaves nothing of it behind; it is not looked at any more. */
  protected abstract remove(): Promise<void>;

  /** To be called once there is something to look at. */
  protected watch(): void {
    if (!this.ended.aborted) this.silence = new Silence(this.watched.settings.silence, () => this.hang());
    this.watching = this.lookUntilEnded();
  }

  protected get ended(): AbortSignal {
    return this.over.signal;
  }

  protected hear(line: Line): void {
    for (const said of this.lines.read(line, this.seconds)) this.take(said);
  }

  /** That it has not begun is no silence of the trainer, for so long. */
  protected wait(patienceSeconds: number, why: string): void {
    this.silence?.broken();
    if (nowSeconds() - this.askedAtSeconds >= patienceSeconds) this.fail({ failure: 'infrastructure', detail: why });
  }

  protected fail({ failure, detail }: Failure): void {
    this.silence?.end();
    this.over.abort();
    this.queue.push({ kind: 'failed', failure, detail, atSeconds: this.seconds });
  }

  private get seconds(): number {
    return nowSeconds() - this.beganAtSeconds;
  }

  private async lookUntilEnded(): Promise<void> {
    while (!this.ended.aborted) {
      try {
        await this.look();
      } catch (error) {
        // One that stays out of sight ends as silence does.
        this.watched.say(`Cannot see how ${this.name} goes: ${String(error)}`);
      }
      await sleep(lookEveryMs, undefined, { signal: this.ended }).catch(() => {});
    }
  }

  private take(said: Said): void {
    this.silence?.broken();
    switch (said.kind) {
      case 'gpus':
        return this.check(said.uuids);
      case 'failed':
        return this.fail(said);
      case 'progress':
      case 'epoch':
        return this.queue.push(said);
      // It cannot be spoken to.
      case 'probes':
      case 'probed':
      case 'alive':
    }
  }

  private check(seen: readonly string[]): void {
    const wrong = foreignGpus(this.watched.request.gpuUuids, seen);
    if (wrong !== undefined) this.fail({ failure: 'infrastructure', detail: wrong });
  }

  private hang(): void {
    const { silence } = this.watched.settings;
    this.fail({ failure: 'infrastructure', detail: `the trainer hangs: it reported nothing for ${silence} s` });
  }

  private async end(): Promise<void> {
    this.fail({ failure: 'operator', detail: 'the trainer was stopped' });
    await this.watching;
    await this.remove();
  }
}

export function nowSeconds(): number {
  return performance.now() / 1000;
}

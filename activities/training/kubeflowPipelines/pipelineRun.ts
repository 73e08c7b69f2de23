/** A run of a pipeline under way: it reports to the worker's desk, and its state is asked for. Results cannot be read over Kubeflow's API. */
import { setTimeout as sleep } from 'node:timers/promises';
import { nothing } from '../../gpu/reading';
import { failureFor } from '../exitOutcome';
import type { Place } from '../reportDesk';
import type { Outset, RunRequest } from '../trainer';
import { WatchedRun, nowSeconds } from '../watchedRun';
import type { PipelinesServer, RunState } from './pipelinesServer';
import type { PipelineSettings } from './settings';

export interface PipelineStart {
  readonly server: PipelinesServer;
  readonly request: RunRequest;
  readonly settings: PipelineSettings;
  readonly place: Place;
  /** Notes that the run begins now. @returns the joules that its GPUs drew since it was asked for */
  readonly noteBeginning: () => Promise<number>;
  /** Nobody has to go on with it any more. */
  readonly forget: () => Promise<void>;
  readonly say: (message: string) => void;
}

const lookEveryMs = 1000;
/** Reports that were sent before the run's state changed may arrive after it. */
const drainMs = 1000;
const beyondGraceMs = 60_000;

export class PipelineRun extends WatchedRun {
  /** How far a run is that an earlier worker began, or that it ended. */
  readonly caughtUp: Promise<void>;
  private id = '';
  private isOurs = true;
  private noting: Promise<void> = Promise.resolve();
  private catchUp: () => void = () => {};

  /** `adopted`: how far it was by its clock and its counters when it was taken over; its epochs are heard. */
  constructor(
    private readonly start: PipelineStart,
    private readonly adopted?: Outset,
  ) {
    super(start);
    this.caughtUp = adopted === undefined ? Promise.resolve() : new Promise((resolve) => (this.catchUp = resolve));
    if (adopted !== undefined) this.began = { atSeconds: nowSeconds() - adopted.seconds, outset: adopted };
    this.ended.addEventListener('abort', () => {
      this.isOurs = start.place.close();
      this.catchUp();
    });
  }

  /** Counted from here: one that was refused leaves nothing behind. */
  follow(id: string): void {
    this.id = id;
    this.watch();
  }

  /** One report line, at its time. Some are told twice, so the end says nothing of lines that were ignored. */
  report(text: string): void {
    this.begin();
    this.hear({ text, tooLong: false });
    if (this.adopted !== undefined && this.began?.outset === this.adopted && this.lines.epochs > 0)
      this.resume(this.adopted);
  }

  protected get name(): string {
    return `run ${this.id} of Kubeflow Pipelines`;
  }

  protected async look(): Promise<void> {
    const { server, settings } = this.start;
    const state = await server.state(this.id);
    if (state.kind === 'ended') return this.leave(state);
    if (this.began !== undefined) return;
    const { startWithin } = settings;
    this.wait(startWithin, `run ${this.id} reported nothing within ${startWithin} s of its start`);
  }

  /** It is told to stop by the answer to its next report, and ended when it has had its time. */
  protected async remove(): Promise<void> {
    const { server, settings, say, forget } = this.start;
    // A later start goes on with it.
    if (!this.isOurs) return;
    await this.noting;
    await forget();
    if (await endsWithin(server, this.id, settings.grace * 1000)) return;
    await server.terminate(this.id);
    if (await endsWithin(server, this.id, beyondGraceMs)) return;
    say(`Cannot end ${this.name} within ${beyondGraceMs / 1000} s: see its pods.`);
  }

  private begin(): void {
    if (this.began !== undefined) return;
    const atSeconds = nowSeconds();
    this.began = { atSeconds, outset: nothing };
    this.noting = this.start.noteBeginning().then(
      (joules) => void (this.began = { atSeconds, outset: { ...nothing, joules: -joules } }),
      (error: unknown) => this.start.say(`Cannot note that ${this.name} begins: ${String(error)}`),
    );
  }

  /** Where it was when it was taken over, at the speed that it had until now. */
  private resume({ seconds, joules }: Outset): void {
    const atSeconds = this.beganAtSeconds;
    const epochs = (this.lines.epochs * seconds) / Math.max(seconds, nowSeconds() - atSeconds);
    this.began = { atSeconds, outset: { epochs, seconds, joules } };
    this.catchUp();
  }

  private async leave({ state, error }: Extract<RunState, { kind: 'ended' }>): Promise<void> {
    await sleep(drainMs, undefined, { signal: this.ended }).catch(() => {});
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
}

/** Whether the run ends by itself within so long. */
export async function endsWithin(server: PipelinesServer, id: string, milliseconds: number): Promise<boolean> {
  for (let waited = 0; ; waited += lookEveryMs) {
    if ((await server.state(id)).kind === 'ended') return true;
    if (waited >= milliseconds) return false;
    await sleep(lookEveryMs);
  }
}

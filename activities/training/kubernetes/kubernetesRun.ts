/** A run in a pod: it is watched by its state, followed by its log, and ends with what it wrote to its termination log. */
import { setTimeout as sleep } from 'node:timers/promises';
import { EventQueue } from '../eventQueue';
import type { Failure } from '../exitOutcome';
import { printable } from '../printable';
import { foreignGpus } from '../seenGpus';
import { Silence } from '../silence';
import type { Outset, TrainingEvent, TrainingRun } from '../trainer';
import { type Said, TrainerLines } from '../trainerLines';
import type { ContainerExit, Pod } from './cluster';
import { PodLog } from './podLog';
import { failureOf, stateOf } from './podWords';
import type { RunInCluster } from './runInCluster';

const lookEveryMs = 1000;
/** A log ends soon after its container. */
const drainMs = 5000;

export class KubernetesRun implements TrainingRun {
  private readonly queue = new EventQueue();
  private readonly lines: TrainerLines;
  private readonly log: PodLog;
  private readonly silence: Silence;
  private readonly ended = new AbortController();
  private readonly watching: Promise<void>;
  private reading: Promise<void> | undefined;
  private began: { readonly atSeconds: number; readonly outset: Outset } | undefined;
  private stopping: Promise<void> | undefined;
  private readonly startedAtSeconds = nowSeconds();

  /** `adopted` is how far a run was that an earlier worker began. */
  constructor(
    private readonly run: RunInCluster,
    adopted?: Outset,
  ) {
    const { request, settings } = run;
    this.lines = new TrainerLines(request.spec.maxEpochs);
    this.log = new PodLog((line) => this.lines.read(line, this.seconds).forEach((said) => this.take(said)));
    this.silence = new Silence(settings.silence, () => this.hang());
    if (adopted !== undefined) this.began = { atSeconds: nowSeconds() - adopted.seconds, outset: adopted };
    this.watching = this.watch();
  }

  async next(): Promise<TrainingEvent> {
    return this.queue.next();
  }

  /** Pulling an image is no training. */
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

  private async watch(): Promise<void> {
    while (!this.ended.signal.aborted) {
      try {
        await this.look();
      } catch (error) {
        // An API server that is away says nothing of the run. One that stays away ends as silence does.
        this.run.say(`Cannot see how run ${this.run.id} goes: ${String(error)}`);
      }
      await sleep(lookEveryMs, undefined, { signal: this.ended.signal }).catch(() => {});
    }
  }

  private async look(): Promise<void> {
    const pod = await this.run.pod();
    if (pod === undefined) return this.lookForJob();
    const { settings, container } = this.run;
    const state = stateOf(pod, container);
    switch (state.kind) {
      case 'waits':
        if (this.began !== undefined) return this.leave(pod, { code: 137 });
        return this.wait(
          `pod ${pod.name} does not start: ${printable(state.why)}`,
          state.hopeless ? 0 : settings.startWithin,
        );
      case 'runs':
        return this.accompany(pod);
      case 'ended':
        await this.accompany(pod);
        return this.leave(pod, state.exit);
    }
  }

  /** A Job without a pod is about to make one, failed, or is gone. */
  private async lookForJob(): Promise<void> {
    const stored = await this.run.read();
    if (stored === undefined)
      return this.fail({ failure: 'preempted', detail: `${this.run.id} was deleted from outside` });
    if (stored.failure !== undefined)
      return this.fail({ failure: 'infrastructure', detail: `${this.run.id} failed: ${stored.failure}` });
    if (this.began !== undefined)
      return this.fail({ failure: 'preempted', detail: `the pod of ${this.run.id} was deleted from outside` });
    this.wait(`${this.run.id} has no pod`, this.run.settings.startWithin);
  }

  private wait(why: string, patienceSeconds: number): void {
    this.silence.broken();
    if (nowSeconds() - this.startedAtSeconds >= patienceSeconds) this.fail({ failure: 'infrastructure', detail: why });
  }

  private async accompany(pod: Pod): Promise<void> {
    const { node } = this.run;
    if (pod.node !== node)
      return this.fail({
        failure: 'infrastructure',
        detail: `pod ${pod.name} runs on node ${pod.node}, not on ${node}`,
      });
    this.began ??= { atSeconds: nowSeconds(), outset: { epochs: 0, seconds: 0, joules: -(await this.run.begin()) } };
    this.reading ??= this.readLog(pod).finally(() => (this.reading = undefined));
  }

  private async readLog({ name }: Pod): Promise<void> {
    const stream = await this.run.openLog(name, this.log.since).catch(() => undefined);
    if (stream === undefined) return;
    const close = () => stream.destroy();
    this.ended.signal.addEventListener('abort', close);
    await this.log.read(stream);
    this.ended.signal.removeEventListener('abort', close);
  }

  /** The termination log says at least how the run ended, whatever became of the rest. */
  private async leave(pod: Pod, exit: ContainerExit): Promise<void> {
    await Promise.race([this.reading, sleep(drainMs, undefined, { ref: false })]);
    for (const text of exit.message?.split('\n') ?? [])
      this.lines.read({ text, tooLong: false }, this.seconds).forEach((said) => this.take(said));
    this.fail(failureOf(pod, exit, { epoch: this.lines.epoch, output: this.log.lastWords }));
  }

  private take(said: Said): void {
    this.silence.broken();
    switch (said.kind) {
      case 'gpus':
        return this.check(said.uuids);
      case 'failed':
        return this.fail(said);
      case 'progress':
      case 'epoch':
        return this.queue.push(said);
      // A pod cannot be spoken to.
      case 'probes':
      case 'probed':
      case 'alive':
    }
  }

  private check(seen: readonly string[]): void {
    const wrong = foreignGpus(this.run.request.gpuUuids, seen);
    if (wrong !== undefined) this.fail({ failure: 'infrastructure', detail: wrong });
  }

  private hang(): void {
    const { silence } = this.run.settings;
    this.fail({ failure: 'infrastructure', detail: `the trainer hangs: it reported nothing for ${silence} s` });
  }

  private fail({ failure, detail }: Failure): void {
    this.silence.end();
    this.ended.abort();
    const { ignored, firstIgnored } = this.lines;
    const lost = ignored === 0 ? '' : `; ${ignored} report lines made no sense, the first: ${firstIgnored ?? ''}`;
    this.queue.push({ kind: 'failed', failure, detail: detail + lost, atSeconds: this.seconds });
  }

  private async end(): Promise<void> {
    this.fail({ failure: 'operator', detail: 'the trainer was stopped' });
    await this.watching;
    await this.run.end();
  }
}

function nowSeconds(): number {
  return performance.now() / 1000;
}

/** A run in a pod: it is watched by its state, followed by its log, and ends with what it wrote to its termination log. */
import { setTimeout as sleep } from 'node:timers/promises';
import { nothing } from '../../gpu/reading';
import type { Failure } from '../exitOutcome';
import { printable } from '../printable';
import type { Outset } from '../trainer';
import { WatchedRun, nowSeconds } from '../watchedRun';
import type { ContainerExit, Pod } from './cluster';
import { PodLog } from './podLog';
import { failureOf, stateOf } from './podWords';
import type { RunInCluster } from './runInCluster';

/** A log ends soon after its container. */
const drainMs = 5000;

export class KubernetesRun extends WatchedRun {
  private readonly log = new PodLog((line) => this.hear(line));
  private reading: Promise<void> | undefined;

  /** `adopted` is how far a run was that an earlier worker began. */
  constructor(
    private readonly run: RunInCluster,
    adopted?: Outset,
  ) {
    super(run);
    if (adopted !== undefined) this.began = { atSeconds: nowSeconds() - adopted.seconds, outset: adopted };
    this.watch();
  }

  protected get name(): string {
    return `run ${this.run.id}`;
  }

  protected async look(): Promise<void> {
    const pod = await this.run.pod();
    if (pod === undefined) return this.lookForJob();
    const { settings, container } = this.run;
    const state = stateOf(pod, container);
    switch (state.kind) {
      case 'waits':
        if (this.began !== undefined) return this.leave(pod, { code: 137 });
        return this.wait(
          state.hopeless ? 0 : settings.startWithin,
          `pod ${pod.name} does not start: ${printable(state.why)}`,
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
    this.wait(this.run.settings.startWithin, `${this.run.id} has no pod`);
  }

  private async accompany(pod: Pod): Promise<void> {
    const { node } = this.run;
    if (pod.node !== node)
      return this.fail({
        failure: 'infrastructure',
        detail: `pod ${pod.name} runs on node ${pod.node}, not on ${node}`,
      });
    this.began ??= { atSeconds: nowSeconds(), outset: { ...nothing, joules: -(await this.run.begin()) } };
    this.reading ??= this.readLog(pod).finally(() => (this.reading = undefined));
  }

  private async readLog({ name }: Pod): Promise<void> {
    const stream = await this.run.openLog(name, this.log.since).catch(() => undefined);
    if (stream === undefined) return;
    const close = () => stream.destroy();
    this.ended.addEventListener('abort', close);
    await this.log.read(stream);
    this.ended.removeEventListener('abort', close);
  }

  /** The termination log says at least how the run ended, whatever became of the rest. */
  private async leave(pod: Pod, exit: ContainerExit): Promise<void> {
    await Promise.race([this.reading, sleep(drainMs, undefined, { ref: false })]);
    for (const text of exit.message?.split('\n') ?? []) this.hear({ text, tooLong: false });
    this.fail(failureOf(pod, exit, { epoch: this.lines.epoch, output: this.log.lastWords }));
  }

  protected override fail({ failure, detail }: Failure): void {
    super.fail({ failure, detail: detail + this.lines.lost });
  }

  protected async remove(): Promise<void> {
    await this.run.end();
  }
}

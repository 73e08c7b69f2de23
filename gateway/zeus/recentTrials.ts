/**
 * Trials that this gateway heard of a moment ago, so that a report of every epoch need not ask Temporal what was decided. What is
 * remembered of a trial never changes but by its end; whether it ended elsewhere, only the bandit knows, who is told of every end.
 */
import type { OutsideRun } from '../../workflows/outsideMessages';

const mostTrials = 10_000;
const rememberedMilliseconds = 60_000;

interface Remembered {
  readonly run: OutsideRun;
  readonly untilMs: number;
}

export class RecentTrials {
  /** Oldest first. */
  private readonly trials = new Map<string, Remembered>();

  find(job: string, number: number): OutsideRun | undefined {
    const found = this.trials.get(keyOf(job, number));
    return found !== undefined && found.untilMs > performance.now() ? found.run : undefined;
  }

  keep(job: string, run: OutsideRun): OutsideRun {
    const number = run.run.outside?.number;
    if (number === undefined) return run;
    const key = keyOf(job, number);
    this.trials.delete(key);
    this.trials.set(key, { run, untilMs: performance.now() + rememberedMilliseconds });
    const [oldest] = this.trials.keys();
    if (this.trials.size > mostTrials && oldest !== undefined) this.trials.delete(oldest);
    return run;
  }

  /** A job registered again counts its trials from 1. */
  forget(job: string): void {
    for (const key of this.trials.keys()) if (key.startsWith(keyOf(job, ''))) this.trials.delete(key);
  }
}

const keyOf = (job: string, number: number | '') => `${job}/${number}`;

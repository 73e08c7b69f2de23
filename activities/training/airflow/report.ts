/** What the task reports, as events. The report is one JSON value that the task writes anew as it trains. No I/O. */
import { z } from 'zod';
import { printable } from '../printable';
import type { TrainingEvent } from '../trainer';
import { metricSchema } from '../trainerLines';

const amount = z.number().nonnegative();
const longestDetail = 300;

/** Seconds and joules are since `started_at`, and of all GPUs together. */
const reportSchema = z.object({
  epochs: amount,
  seconds: amount,
  started_at: z.iso.datetime({ offset: true }).optional(),
  evaluations: z.array(z.object({ epoch: z.int().positive(), metric: metricSchema, seconds: amount })).default([]),
  /** The metric after the last epoch, for tasks that report once, at their end. */
  metric: metricSchema.optional(),
  /** Where the task measures energy itself. */
  joules: amount.optional(),
  failure: z.enum(['diverged', 'outOfMemory', 'infrastructure']).optional(),
  detail: z.string().default(''),
});
type Report = z.output<typeof reportSchema>;

/** An event, and what the task says it has drawn until then. */
export interface Said {
  readonly event: TrainingEvent;
  readonly joules: number | undefined;
}

interface Point {
  readonly seconds: number;
  readonly joules: number;
}

/** `seconds` of a try that began `offset` seconds after the first. */
interface Moment {
  readonly seconds: number;
  readonly offset: number;
  readonly joules: number | undefined;
}

const start: Point = { seconds: 0, joules: 0 };

export class TaskReports {
  /** When the first try began, seconds since 1970 by the clock of the task's host. */
  private beganAt: number | undefined;
  private tryBeganAt: string | undefined;
  /** What earlier tries drew. */
  private before = 0;
  /** Of this try. */
  private last = start;
  private epoch = 0;
  private epochs = 0;
  private atSeconds = 0;

  /** Undefined while nothing was reported, or not when it began. */
  get startedAtSeconds(): number | undefined {
    return this.beganAt;
  }

  get hasEvaluated(): boolean {
    return this.epoch > 0;
  }

  /** @throws Error if it makes no sense */
  read(value: unknown): readonly Said[] {
    const { data: report, error } = reportSchema.safeParse(value);
    if (report === undefined) {
      const [{ path, message } = { path: [], message: 'no more is known' }] = error.issues;
      throw new Error(`its report makes no sense (${path.join('.')}: ${message})`);
    }
    const offset = this.beginTry(report);
    const joules = this.joulesAt(report.seconds, report);
    const said = [
      ...this.evaluationsIn(report, offset),
      ...this.progress(report.epochs, { ...report, offset, joules }),
    ];
    this.last = { seconds: report.seconds, joules: report.joules ?? this.last.joules };
    const { failure, detail } = report;
    if (failure === undefined) return said;
    const ending = { failure, detail: printable(detail).slice(0, longestDetail), atSeconds: this.atSeconds };
    return [...said, { event: { kind: 'failed', ...ending }, joules }];
  }

  /** @returns what this try's seconds count from. A task that Airflow tries again begins its report anew. */
  private beginTry({ started_at: startedAt }: Report): number {
    if (startedAt === undefined) return 0;
    const seconds = Date.parse(startedAt) / 1000;
    this.beganAt ??= seconds;
    if (startedAt !== this.tryBeganAt) {
      this.before += this.last.joules;
      this.last = start;
      this.tryBeganAt = startedAt;
    }
    return Math.max(0, seconds - this.beganAt);
  }

  private evaluationsIn(report: Report, offset: number): readonly Said[] {
    const { evaluations, metric, epochs, seconds } = report;
    const whole = Math.max(1, Math.round(epochs));
    const all = metric === undefined ? evaluations : [...evaluations, { epoch: whole, metric, seconds }];
    return all.flatMap((evaluation) => {
      if (evaluation.epoch <= this.epoch) return [];
      this.epoch = evaluation.epoch;
      const joules = this.joulesAt(evaluation.seconds, report);
      const progress = this.progress(evaluation.epoch, { seconds: evaluation.seconds, offset, joules });
      const atSeconds = this.pass(offset + evaluation.seconds);
      const { epoch, metric: reached } = evaluation;
      return [...progress, { event: { kind: 'epoch', epoch, metric: reached, atSeconds }, joules }];
    });
  }

  private progress(epochs: number, { seconds, offset, joules }: Moment): readonly Said[] {
    if (epochs <= this.epochs) return [];
    this.epochs = epochs;
    return [{ event: { kind: 'progress', epochs, atSeconds: this.pass(offset + seconds) }, joules }];
  }

  /** Between two reports, energy is taken to be drawn evenly. */
  private joulesAt(seconds: number, report: Report): number | undefined {
    if (report.joules === undefined) return undefined;
    const span = report.seconds - this.last.seconds;
    const share = span > 0 ? Math.min(1, Math.max(0, (seconds - this.last.seconds) / span)) : 1;
    return this.before + this.last.joules + share * (report.joules - this.last.joules);
  }

  /** Time never goes back, whatever clocks do. */
  private pass(seconds: number): number {
    return (this.atSeconds = Math.max(this.atSeconds, seconds));
  }
}

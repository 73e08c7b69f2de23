/** Events between a trainer and whoever follows it. The queue stays short: of progress, only the latest is news. */
import type { TrainingEvent } from './trainer';

type Failed = Extract<TrainingEvent, { kind: 'failed' }>;

export class EventQueue {
  private readonly waiting: ((event: TrainingEvent) => void)[] = [];
  private readonly events: TrainingEvent[] = [];
  private ended: Failed | undefined;

  /** After the end nothing counts any more. */
  push(event: TrainingEvent): void {
    if (this.ended !== undefined) return;
    if (event.kind === 'failed') this.ended = event;
    const taker = this.waiting.shift();
    if (taker !== undefined) {
      taker(event);
      if (event.kind === 'failed') for (const other of this.waiting.splice(0)) other(event);
      return;
    }
    if (event.kind === 'progress' && this.events.at(-1)?.kind === 'progress') this.events.pop();
    if (event.kind !== 'failed') this.events.push(event);
  }

  /** The end is told again to everyone who asks. */
  async next(): Promise<TrainingEvent> {
    const event = this.events.shift() ?? this.ended;
    return event ?? new Promise((resolve) => this.waiting.push(resolve));
  }
}

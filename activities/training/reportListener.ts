/** Reads what trainers report, at a pace that leaves the worker time for its other work: a flood stays in the trainer's pipe. */
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Line, LineCutter } from './lineCutter';
import type { Said } from './trainerLines';

export interface ReportEars {
  /** What a line says, now. */
  read(line: Line): readonly Said[];
  /** `requests` leads to whoever said it. */
  hear(said: Said, requests: Writable): void;
}

const longestLineBytes = 64 * 2 ** 10;
const linesAtOnce = 100;
const restMs = 5;

export class ReportListener {
  private readonly reading: Promise<void>[] = [];
  private closed = false;

  constructor(private readonly ears: ReportEars) {}

  /** Until the end of `reports`. */
  async listen(reports: Readable, requests: Writable): Promise<void> {
    const listened = this.hearAll(reports, requests);
    this.reading.push(listened);
    return listened;
  }

  /** Once everything that was being read has ended. */
  async done(): Promise<void> {
    await Promise.all(this.reading);
  }

  /** Whatever is still said does not count. */
  close(): void {
    this.closed = true;
  }

  private async hearAll(reports: Readable, requests: Writable): Promise<void> {
    const cutter = new LineCutter(longestLineBytes);
    try {
      for await (const chunk of reports) await this.hear(cutter.push(Buffer.from(chunk)), requests);
    } catch {
      // Reset by the trainer's end, or destroyed by ours.
    }
    await this.hear(cutter.end(), requests);
  }

  private async hear(lines: readonly Line[], requests: Writable): Promise<void> {
    for (let from = 0; from < lines.length; from += linesAtOnce) {
      if (from > 0) await sleep(restMs);
      if (this.closed) return;
      const said = lines.slice(from, from + linesAtOnce).flatMap((line) => this.ears.read(line));
      for (const one of said) this.ears.hear(one, requests);
    }
  }
}

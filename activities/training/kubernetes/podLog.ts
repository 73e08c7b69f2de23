/** What a container prints: its report lines, and the end of the rest. It is read again from where it broke off. */
import type { Readable } from 'node:stream';
import { type Line, LineCutter } from '../lineCutter';

/** As long as a report line may be, and the instant before it. */
const longestLineBytes = 65 * 2 ** 10;
const keptLines = 40;
/** A progress bar without a line end may stand before it: both streams of a container end up in one. */
const report = /\{\s*"type"\s*:/;

export class PodLog {
  private readonly kept: string[] = [];
  private lastAt = '';

  constructor(private readonly hear: (line: Line) => void) {}

  /** The instant of the last line, to go on from. */
  get since(): string | undefined {
    return this.lastAt === '' ? undefined : this.lastAt;
  }

  /** The last lines that were no reports. */
  get lastWords(): string {
    return this.kept.join('\n');
  }

  /** To the end of the stream, which may be that of the connection only. Instants have nine digits each, so they sort as text. */
  async read(stream: Readable): Promise<void> {
    const cutter = new LineCutter(longestLineBytes);
    const until = this.lastAt;
    try {
      for await (const chunk of stream) for (const line of cutter.push(Buffer.from(chunk))) this.take(line, until);
    } catch {
      // The connection broke, or we ended it.
    }
    // What was cut off comes whole when it is read again; at the container's end, nothing follows.
    for (const line of cutter.end()) this.take(line, until);
  }

  private take({ text, tooLong }: Line, until: string): void {
    const blank = text.indexOf(' ');
    const at = text.slice(0, blank);
    if (blank === -1 || at <= until) return;
    this.lastAt = at;
    const said = text.slice(blank + 1);
    const from = said.search(report);
    if (from !== -1) return this.hear({ text: said.slice(from), tooLong });
    this.kept.push(said.slice(0, 1000));
    if (this.kept.length > keptLines) this.kept.shift();
  }
}

/** Cuts a stream of bytes into lines within a fixed amount of memory. */

export interface Line {
  /** The line without its end; of one that is too long, the beginning. */
  readonly text: string;
  readonly tooLong: boolean;
}

const newline = 0x0a;

export class LineCutter {
  private readonly held: Buffer;
  private used = 0;
  private bytes = 0;

  constructor(private readonly maxBytes: number) {
    this.held = Buffer.alloc(maxBytes);
  }

  /** The lines that end in `chunk`. */
  push(chunk: Buffer): readonly Line[] {
    const lines: Line[] = [];
    let from = 0;
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, from)) {
      this.keep(chunk.subarray(from, at));
      lines.push(this.cut());
      from = at + 1;
    }
    this.keep(chunk.subarray(from));
    return lines;
  }

  /** What came after the last line end: a writer that died need not have finished its line. */
  end(): readonly Line[] {
    return this.bytes === 0 ? [] : [this.cut()];
  }

  private keep(part: Buffer): void {
    this.bytes += part.length;
    this.used += part.copy(this.held, this.used);
  }

  private cut(): Line {
    const line = { text: this.held.toString('utf8', 0, this.used), tooLong: this.bytes > this.maxBytes };
    this.used = 0;
    this.bytes = 0;
    return line;
  }
}

/** How something long goes: one live line on a terminal, a plain line now and then elsewhere. */
import type { Output } from './output';
import { plain } from './text';

const plainEveryMilliseconds = 5000;

export class Progress {
  private lastPlainAt = Date.now();
  private live = false;

  constructor(private readonly output: Output) {}

  /** Replaces what was said before. */
  say(text: string): void {
    const line = this.output.liveLine;
    if (line !== undefined) {
      line.write(`\r\u001b[2K${plain(text)}`);
      this.live = true;
    } else if (Date.now() - this.lastPlainAt >= plainEveryMilliseconds) {
      this.lastPlainAt = Date.now();
      this.output.talk(text);
    }
  }

  /** Takes the live line away, so that another line can be printed, which is a sign of life too. */
  clear(): void {
    if (this.live) this.output.liveLine?.write('\r\u001b[2K');
    this.live = false;
    this.lastPlainAt = Date.now();
  }
}

/** What a trainer prints: the end of it in memory, for the failure's detail; more of it in two files that take turns. */
import { type FileHandle, open, rename } from 'node:fs/promises';
import type { Readable } from 'node:stream';

/** Each of the two files. */
const longestFileBytes = 8 * 2 ** 20;
const longestTailBytes = 16 * 2 ** 10;

/** Read to its end, whatever the trainer prints and whether or not the disk takes it. */
export class TrainerOutput {
  /** Once all is read. */
  readonly done: Promise<void>;
  private tail: Buffer = Buffer.alloc(0);

  constructor(
    stream: Readable,
    private readonly log: OutputLog,
  ) {
    this.done = this.read(stream);
  }

  get lastWords(): string {
    return this.tail.toString('utf8');
  }

  /** Waits for the file before it reads on, so that a flood fills the pipe and not the memory. */
  private async read(stream: Readable): Promise<void> {
    try {
      for await (const chunk of stream) {
        const bytes: Buffer = Buffer.from(chunk);
        this.tail = Buffer.concat([this.tail, bytes]).subarray(-longestTailBytes);
        await this.log.write(bytes);
      }
    } catch {
      // The stream was destroyed after the trainer's end: a descendant that nobody could find holds it.
    }
  }
}

/** `<path>` holds the latest output, `<path>.1` what came before. A full disk loses output, never a run. */
export class OutputLog {
  private file: FileHandle | undefined;
  private bytes = 0;
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly path: string) {}

  async write(chunk: Buffer): Promise<void> {
    return this.inTurn(async () => {
      if (this.bytes > longestFileBytes) await this.rotate();
      this.file ??= await open(this.path, 'a');
      await this.file.write(chunk);
      this.bytes += chunk.length;
    });
  }

  async close(): Promise<void> {
    return this.inTurn(async () => {
      await this.file?.close();
      this.file = undefined;
    });
  }

  private async rotate(): Promise<void> {
    await this.file?.close();
    this.file = undefined;
    this.bytes = 0;
    await rename(this.path, `${this.path}.1`);
  }

  private async inTurn(work: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(work).catch(() => {});
    return this.turn;
  }
}

/** Where a command speaks: data to stdout in the format that was asked for, talk to stderr. */
import type { Writable } from 'node:stream';
import { type Style, plainJson, plainLines, styleFor } from './text';

export const outputFormats = ['text', 'json', 'jsonl', 'none'] as const;
export type OutputFormat = (typeof outputFormats)[number];
/** What some commands can make besides. */
export const documentFormats = ['csv', 'html'] as const;
export type AnyFormat = OutputFormat | (typeof documentFormats)[number];
export const colorChoices = ['always', 'never', 'auto'] as const;
export type ColorChoice = (typeof colorChoices)[number];

/** Of every JSON object printed. Grows when a key changes its meaning or goes. */
const schemaVersion = 1;

export interface OutputOptions {
  readonly format: AnyFormat;
  readonly color: ColorChoice;
  readonly quiet: boolean;
}

export class Output {
  /** For text on stdout. */
  readonly style: Style;

  constructor(
    private readonly options: OutputOptions,
    private readonly out: Writable & { readonly isTTY?: boolean } = process.stdout,
    private readonly err: Writable & { readonly isTTY?: boolean } = process.stderr,
  ) {
    this.style = styleFor(this.colorOn(out));
  }

  get format(): AnyFormat {
    return this.options.format;
  }

  /** One thing: an object, or its text. */
  one(record: object, text: (style: Style) => string): void {
    const { format } = this.options;
    if (format === 'text') this.write(text(this.style));
    else if (format !== 'none') this.write(plainJson({ schemaVersion, ...record }, format === 'json' ? 2 : undefined));
  }

  /** A list: an object with the rows under `name`, a line for each row, or their text. */
  many(name: string, rows: readonly object[], text: (style: Style) => string): void {
    if (this.options.format === 'jsonl') {
      for (const row of rows) this.write(plainJson({ schemaVersion, ...row }));
    } else {
      this.one({ [name]: rows }, text);
    }
  }

  /** JSON in a form that somebody else defined. */
  document(json: object): void {
    if (this.options.format !== 'none') this.write(plainJson(json, this.options.format === 'jsonl' ? undefined : 2));
  }

  /** A document in a format of its own, harmless as it is. */
  text(document: string): void {
    this.write(document);
  }

  /** Something that happened meanwhile: a line of text, or an event where lines of JSON were asked for. */
  event(record: object, text: (style: Style) => string): void {
    if (this.options.format === 'jsonl') this.write(plainJson({ schemaVersion, ...record }));
    else if (this.options.format === 'text') this.write(text(this.style));
  }

  /** One of many things that come one after the other, where no terminal shows them: a line of JSON, whatever the format. */
  line(record: object): void {
    if (this.options.format !== 'none') this.write(plainJson({ schemaVersion, ...record }));
  }

  /** To the person, not to the pipe. */
  talk(text: string): void {
    if (!this.options.quiet) this.complain(text);
  }

  /** The same, whatever the log level. */
  complain(text: string): void {
    this.err.write(`${plainLines(text)}\n`);
  }

  /** A live line needs a terminal to be overwritten on. */
  get liveLine(): Writable | undefined {
    return this.err.isTTY === true && !this.options.quiet ? this.err : undefined;
  }

  /** Where a table may be drawn again and again. */
  get screen(): Writable | undefined {
    return this.options.format === 'text' && this.out.isTTY === true ? this.out : undefined;
  }

  private write(text: string): void {
    if (text !== '') this.out.write(`${text}\n`);
  }

  private colorOn(stream: { readonly isTTY?: boolean }): boolean {
    if (this.options.color !== 'auto') return this.options.color === 'always';
    return stream.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
  }
}

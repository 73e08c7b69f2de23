/** Where a command speaks: data to stdout in the format that was asked for, talk to stderr. */
import type { Writable } from 'node:stream';
import { type Style } from './text';
export declare const outputFormats: readonly ['text', 'json', 'jsonl', 'none'];
export type OutputFormat = (typeof outputFormats)[number];
/** What some commands can make besides. */
export declare const documentFormats: readonly ['csv', 'html'];
export type AnyFormat = OutputFormat | (typeof documentFormats)[number];
export declare const colorChoices: readonly ['always', 'never', 'auto'];
export type ColorChoice = (typeof colorChoices)[number];
export interface OutputOptions {
    readonly format: AnyFormat;
    readonly color: ColorChoice;
    readonly quiet: boolean;
}
export declare class Output {
    private readonly options;
    private readonly out;
    private readonly err;
    /** For text on stdout. */
    readonly style: Style;
    constructor(options: OutputOptions, out?: Writable & {
        readonly isTTY?: boolean;
    }, err?: Writable & {
        readonly isTTY?: boolean;
    });
    get format(): AnyFormat;
    /** One thing: an object, or its text. */
    one(record: object, text: (style: Style) => string): void;
    /** A list: an object with the rows under `name`, a line for each row, or their text. */
    many(name: string, rows: readonly object[], text: (style: Style) => string): void;
    /** JSON in a form that somebody else defined. */
    document(json: object): void;
    /** A document in a format of its own, harmless as it is. */
    text(document: string): void;
    /** Something that happened meanwhile: a line of text, or an event where lines of JSON were asked for. */
    event(record: object, text: (style: Style) => string): void;
    /** To the person, not to the pipe. */
    talk(text: string): void;
    /** The same, whatever the log level. */
    complain(text: string): void;
    /** A live line needs a terminal to be overwritten on. */
    get liveLine(): Writable | undefined;
    /** Where a table may be drawn again and again. */
    get screen(): Writable | undefined;
    private write;
    private colorOn;
}
//# sourceMappingURL=output.d.ts.map
"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Output = exports.colorChoices = exports.documentFormats = exports.outputFormats = void 0;
const text_1 = require("./text");
exports.outputFormats = ['text', 'json', 'jsonl', 'none'];
/** What some commands can make besides. */
exports.documentFormats = ['csv', 'html'];
exports.colorChoices = ['always', 'never', 'auto'];
/** Of every JSON object printed. Grows when a key changes its meaning or goes. */
const schemaVersion = 1;
class Output {
    options;
    out;
    err;
    /** For text on stdout. */
    style;
    constructor(options, out = process.stdout, err = process.stderr) {
        this.options = options;
        this.out = out;
        this.err = err;
        this.style = (0, text_1.styleFor)(this.colorOn(out));
    }
    get format() {
        return this.options.format;
    }
    /** One thing: an object, or its text. */
    one(record, text) {
        const { format } = this.options;
        if (format === 'text')
            this.write(text(this.style));
        else if (format !== 'none')
            this.write((0, text_1.plainJson)({ schemaVersion, ...record }, format === 'json' ? 2 : undefined));
    }
    /** A list: an object with the rows under `name`, a line for each row, or their text. */
    many(name, rows, text) {
        if (this.options.format === 'jsonl') {
            for (const row of rows)
                this.write((0, text_1.plainJson)({ schemaVersion, ...row }));
        }
        else {
            this.one({ [name]: rows }, text);
        }
    }
    /** JSON in a form that somebody else defined. */
    document(json) {
        if (this.options.format !== 'none')
            this.write((0, text_1.plainJson)(json, this.options.format === 'jsonl' ? undefined : 2));
    }
    /** A document in a format of its own, harmless as it is. */
    text(document) {
        this.write(document);
    }
    /** Something that happened meanwhile: a line of text, or an event where lines of JSON were asked for. */
    event(record, text) {
        if (this.options.format === 'jsonl')
            this.write((0, text_1.plainJson)({ schemaVersion, ...record }));
        else if (this.options.format === 'text')
            this.write(text(this.style));
    }
    /** To the person, not to the pipe. */
    talk(text) {
        if (!this.options.quiet)
            this.complain(text);
    }
    /** The same, whatever the log level. */
    complain(text) {
        this.err.write(`${(0, text_1.plainLines)(text)}\n`);
    }
    /** A live line needs a terminal to be overwritten on. */
    get liveLine() {
        return this.err.isTTY === true && !this.options.quiet ? this.err : undefined;
    }
    /** Where a table may be drawn again and again. */
    get screen() {
        return this.options.format === 'text' && this.out.isTTY === true ? this.out : undefined;
    }
    write(text) {
        if (text !== '')
            this.out.write(`${text}\n`);
    }
    colorOn(stream) {
        if (this.options.color !== 'auto')
            return this.options.color === 'always';
        return stream.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
    }
}
exports.Output = Output;
//# sourceMappingURL=output.js.map
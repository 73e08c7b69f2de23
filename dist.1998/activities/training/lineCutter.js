"use strict";
/** Cuts a stream of bytes into lines within a fixed amount of memory. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.LineCutter = void 0;
const newline = 0x0a;
class LineCutter {
    maxBytes;
    held;
    used = 0;
    bytes = 0;
    constructor(maxBytes) {
        this.maxBytes = maxBytes;
        this.held = Buffer.alloc(maxBytes);
    }
    /** The lines that end in `chunk`. */
    push(chunk) {
        const lines = [];
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
    end() {
        return this.bytes === 0 ? [] : [this.cut()];
    }
    keep(part) {
        this.bytes += part.length;
        this.used += part.copy(this.held, this.used);
    }
    cut() {
        const line = { text: this.held.toString('utf8', 0, this.used), tooLong: this.bytes > this.maxBytes };
        this.used = 0;
        this.bytes = 0;
        return line;
    }
}
exports.LineCutter = LineCutter;
//# sourceMappingURL=lineCutter.js.map
"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Progress = void 0;
const text_1 = require("./text");
const plainEveryMilliseconds = 5000;
class Progress {
    output;
    lastPlainAt = Date.now();
    live = false;
    constructor(output) {
        this.output = output;
    }
    /** Replaces what was said before. */
    say(text) {
        const line = this.output.liveLine;
        if (line !== undefined) {
            line.write(`\r\u001b[2K${(0, text_1.plain)(text)}`);
            this.live = true;
        }
        else if (Date.now() - this.lastPlainAt >= plainEveryMilliseconds) {
            this.lastPlainAt = Date.now();
            this.output.talk(text);
        }
    }
    /** Takes the live line away, so that another line can be printed, which is a sign of life too. */
    clear() {
        if (this.live)
            this.output.liveLine?.write('\r\u001b[2K');
        this.live = false;
        this.lastPlainAt = Date.now();
    }
}
exports.Progress = Progress;
//# sourceMappingURL=progress.js.map
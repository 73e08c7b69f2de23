"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.ReportListener = void 0;
const promises_1 = require("node:timers/promises");
const lineCutter_1 = require("./lineCutter");
const longestLineBytes = 64 * 2 ** 10;
const linesAtOnce = 100;
const restMs = 5;
class ReportListener {
    ears;
    reading = [];
    closed = false;
    constructor(ears) {
        this.ears = ears;
    }
    /** Until the end of `reports`. */
    async listen(reports, requests) {
        const listened = this.hearAll(reports, requests);
        this.reading.push(listened);
        return listened;
    }
    /** Once everything that was being read has ended. */
    async done() {
        await Promise.all(this.reading);
    }
    /** Whatever is still said does not count. */
    close() {
        this.closed = true;
    }
    async hearAll(reports, requests) {
        const cutter = new lineCutter_1.LineCutter(longestLineBytes);
        try {
            for await (const chunk of reports)
                await this.hear(cutter.push(Buffer.from(chunk)), requests);
        }
        catch {
            // Reset by the trainer's end, or destroyed by ours.
        }
        await this.hear(cutter.end(), requests);
    }
    async hear(lines, requests) {
        for (let from = 0; from < lines.length; from += linesAtOnce) {
            if (from > 0)
                await (0, promises_1.setTimeout)(restMs);
            if (this.closed)
                return;
            const said = lines.slice(from, from + linesAtOnce).flatMap((line) => this.ears.read(line));
            for (const one of said)
                this.ears.hear(one, requests);
        }
    }
}
exports.ReportListener = ReportListener;
//# sourceMappingURL=reportListener.js.map
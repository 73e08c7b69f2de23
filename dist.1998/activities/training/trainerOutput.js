"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.OutputLog = exports.TrainerOutput = void 0;
/** What a trainer prints: the end of it in memory, for the failure's detail; more of it in two files that take turns. */
const promises_1 = require("node:fs/promises");
/** Each of the two files. */
const longestFileBytes = 8 * 2 ** 20;
const longestTailBytes = 16 * 2 ** 10;
/** Read to its end, whatever the trainer prints and whether or not the disk takes it. */
class TrainerOutput {
    log;
    /** Once all is read. */
    done;
    tail = Buffer.alloc(0);
    constructor(stream, log) {
        this.log = log;
        this.done = this.read(stream);
    }
    get lastWords() {
        return this.tail.toString('utf8');
    }
    /** Waits for the file before it reads on, so that a flood fills the pipe and not the memory. */
    async read(stream) {
        try {
            for await (const chunk of stream) {
                const bytes = Buffer.from(chunk);
                this.tail = Buffer.concat([this.tail, bytes]).subarray(-longestTailBytes);
                await this.log.write(bytes);
            }
        }
        catch {
            // The stream was destroyed after the trainer's end: a descendant that nobody could find holds it.
        }
    }
}
exports.TrainerOutput = TrainerOutput;
/** `<path>` holds the latest output, `<path>.1` what came before. A full disk loses output, never a run. */
class OutputLog {
    path;
    file;
    bytes = 0;
    turn = Promise.resolve();
    constructor(path) {
        this.path = path;
    }
    async write(chunk) {
        return this.inTurn(async () => {
            if (this.bytes > longestFileBytes)
                await this.rotate();
            this.file ??= await (0, promises_1.open)(this.path, 'a');
            await this.file.write(chunk);
            this.bytes += chunk.length;
        });
    }
    async close() {
        return this.inTurn(async () => {
            await this.file?.close();
            this.file = undefined;
        });
    }
    async rotate() {
        await this.file?.close();
        this.file = undefined;
        this.bytes = 0;
        await (0, promises_1.rename)(this.path, `${this.path}.1`);
    }
    async inTurn(work) {
        this.turn = this.turn.then(work).catch(() => { });
        return this.turn;
    }
}
exports.OutputLog = OutputLog;
//# sourceMappingURL=trainerOutput.js.map
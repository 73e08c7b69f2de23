"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.RunsUnderWay = void 0;
class RunsUnderWay {
    runs = new Map();
    find(key) {
        return this.runs.get(key);
    }
    async during(key, run, work) {
        this.runs.set(key, run);
        try {
            return await work();
        }
        finally {
            this.runs.delete(key);
        }
    }
}
exports.RunsUnderWay = RunsUnderWay;
//# sourceMappingURL=underWay.js.map
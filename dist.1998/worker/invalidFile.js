"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.InvalidFile = void 0;
exports.problemText = problemText;
/** What is wrong with a file, as a list for programs and as text for people: place, value, rule, remedy. */
const errors_1 = require("./errors");
class InvalidFile extends errors_1.WattbanditError {
    problems;
    constructor(problems, options) {
        super('invalid', problems.map(problemText).join('\n'), options);
        this.problems = problems;
    }
}
exports.InvalidFile = InvalidFile;
function problemText({ file, line, column, path, got, rule, remedy }) {
    const place = line === null ? file : `${file}:${line}:${column}`;
    return `${place}${path === '' ? '' : `  ${path}`}\n  got ${got}, ${rule}\n  ${remedy}`;
}
//# sourceMappingURL=invalidFile.js.map
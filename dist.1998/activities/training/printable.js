"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.printable = printable;
/** Words of a program, made fit for a log line: no colours, no control characters, no line ends, no half characters. */
const node_util_1 = require("node:util");
function printable(text) {
    return (0, node_util_1.stripVTControlCharacters)(text)
        .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
        .trim();
}
//# sourceMappingURL=printable.js.map
"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.mostRows = void 0;
/** A file with more is another file by mistake, and no job would learn more from it. */
exports.mostRows = 10_000;
//# sourceMappingURL=rows.js.map
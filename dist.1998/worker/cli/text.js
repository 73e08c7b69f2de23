"use strict";
/** Text for a terminal: harmless, aligned, readable. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.plain = plain;
exports.plainLines = plainLines;
exports.plainJson = plainJson;
exports.table = table;
exports.pairs = pairs;
exports.styleFor = styleFor;
/** C0, C1 and the characters that turn the direction of writing: none of them may reach a terminal from data. */
// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Data as it may be printed: control characters become their escape sequences. */
function plain(data) {
    return data.replace(control, escaped);
}
/** The same for text of several lines. */
function plainLines(text) {
    return text.split('\n').map(plain).join('\n');
}
/** JSON on one line that no terminal takes for commands. */
function plainJson(value, space) {
    return JSON.stringify(value, undefined, space).replace(control, (character) => character === '\n' ? character : escaped(character));
}
function escaped(character) {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
/** Titles and rows, columns two spaces apart. */
function table(columns, rows) {
    const lines = [columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ cell }) => plain(cell(row))))];
    const widths = columns.map((_, at) => Math.max(...lines.map((line) => lengthOf(line[at] ?? ''))));
    return lines
        .map((line) => line
        .map((cell, at) => padded(cell, widths[at] ?? 0, columns[at]?.align))
        .join('  ')
        .trimEnd())
        .join('\n');
}
function padded(cell, width, align) {
    const blanks = ' '.repeat(width - lengthOf(cell));
    return align === 'right' ? blanks + cell : cell + blanks;
}
function lengthOf(text) {
    return Array.from(text).length;
}
/** Names and values, aligned. */
function pairs(entries) {
    const width = Math.max(...entries.map(([name]) => lengthOf(name)));
    return entries.map(([name, value]) => `${name.padEnd(width)}  ${plain(value)}`).join('\n');
}
function styleFor(color) {
    const paint = (code) => (text) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
    return { bold: paint(1), dim: paint(2), good: paint(32), doubtful: paint(33), bad: paint(31) };
}
//# sourceMappingURL=text.js.map
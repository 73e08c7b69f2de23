"use strict";
/** HTML out of data: whatever stands in a value is text, never markup. */
Object.defineProperty(exports, "__esModule", { value: true });
exports.markup = markup;
exports.escaped = escaped;
/** A template in which every value is escaped. */
function markup(parts, ...values) {
    const text = (value) => {
        if (value === undefined)
            return '';
        if (typeof value === 'string' || typeof value === 'number')
            return escaped(String(value));
        return 'html' in value ? value.html : value.map(({ html }) => html).join('\n');
    };
    return { html: parts.map((part, at) => part + text(values[at])).join('') };
}
const entities = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
    '`': '&#96;',
};
/** Also characters that no page may contain, and those that turn the direction of writing. */
function escaped(text) {
    return (text
        .replace(/[&<>"'`]/g, (character) => entities[character] ?? '')
        // eslint-disable-next-line no-control-regex
        .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd'));
}
//# sourceMappingURL=markup.js.map
"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.emptyOrderBook = void 0;
exports.withOverride = withOverride;
exports.withRefusal = withRefusal;
exports.withKnown = withKnown;
exports.withCleared = withCleared;
const messages_1 = require("./messages");
const pauses = ['pauseLearning', 'pauseTuning', 'freeze'];
exports.emptyOrderBook = {
    overrides: [],
    refused: [],
    ids: [],
    tokens: {},
    counts: { applied: 0, known: 0, refused: 0, cleared: 0 },
};
function withOverride(book, override, token, now) {
    const unused = Object.entries(book.tokens).filter(([, until]) => until > now);
    return {
        ...book,
        // A resume is done when the pauses before it are gone.
        overrides: [...lasting(book.overrides, override, now), ...(override.order.kind === 'resume' ? [] : [override])],
        ids: [...book.ids, override.id].slice(-messages_1.idsKept),
        tokens: Object.fromEntries(token === undefined ? unused : [...unused, [token.jti, token.until]]),
        counts: { ...book.counts, applied: book.counts.applied + 1 },
    };
}
/** Without those that can never hold again: ended, or outlasted by the newer one of the same subject. */
function lasting(overrides, newer, now) {
    const outlasts = ({ expiresAt }) => newer.expiresAt === null || (expiresAt !== null && expiresAt <= newer.expiresAt);
    return overrides.filter((older) => {
        if (older.expiresAt !== null && older.expiresAt <= now)
            return false;
        return !(isSameSubject(older, newer) && older.setAt <= newer.setAt && outlasts(older));
    });
}
function isSameSubject({ order: one }, { order: other }) {
    if (other.kind === 'resume')
        return pauses.includes(one.kind);
    if (one.kind !== other.kind)
        return false;
    return one.kind !== 'banBatchSize' || other.kind !== 'banBatchSize' || one.batchSize === other.batchSize;
}
function withRefusal(book, refused) {
    return {
        ...book,
        refused: [...book.refused, refused].slice(-messages_1.refusalsKept),
        counts: { ...book.counts, refused: book.counts.refused + 1 },
    };
}
function withKnown(book) {
    return { ...book, counts: { ...book.counts, known: book.counts.known + 1 } };
}
function withCleared(book, ids) {
    return {
        ...book,
        overrides: book.overrides.filter(({ id }) => !ids.includes(id)),
        counts: { ...book.counts, cleared: book.counts.cleared + ids.length },
    };
}
//# sourceMappingURL=orderBook.js.map
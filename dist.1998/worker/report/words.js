"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.quantityWords = quantityWords;
exports.signalWords = signalWords;
exports.unitWords = unitWords;
exports.percentWords = percentWords;
exports.savingWords = savingWords;
exports.remarks = remarks;
/** Three digits are enough to compare by. */
const threeDigits = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3, useGrouping: true });
function quantityWords(quantity) {
    if (quantity === null)
        return '–';
    if ('money' in quantity)
        return threeDigits.format(quantity.money);
    const { grams } = quantity;
    if (Math.abs(grams) >= 1e6)
        return `${threeDigits.format(grams / 1e6)} t`;
    return Math.abs(grams) >= 1000 ? `${threeDigits.format(grams / 1000)} kg` : `${threeDigits.format(grams)} g`;
}
function signalWords(signal) {
    return signal === null ? 'no grid' : `${signal.kind}, ${signal.zone} by ${signal.provider}`;
}
/** What is counted under a signal. */
function unitWords({ kind }) {
    return kind === 'price' ? 'money' : 'CO₂ equivalents';
}
function percentWords(share) {
    return share === null || share === undefined ? '–' : `${signed((share * 100).toFixed(1))} %`;
}
/** A share saved, with its interval. */
function savingWords(saving) {
    if (saving === null)
        return '–';
    const [saved, from, to] = [saving.saved, saving.from, saving.to].map((share) => signed((share * 100).toFixed(1)));
    return `${saved} % (${from} to ${to})`;
}
function signed(digits) {
    return digits.replace(/^-(?=0\.0$)/, '').replace('-', '−');
}
/** What was not found, and what may still change: a sentence each. */
function remarks({ read, settlement, jobs }) {
    const { leftOut, withoutResult, missingAttempts, ofAnotherTime } = read;
    const { asked, settled, unsettled, questions, failure } = settlement;
    return [
        ...(jobs.length === 0 ? ['No run ended in this period.'] : []),
        ...sentence(leftOut, 'older recurrence(s) are left out: more than --limit.'),
        ...sentence(withoutResult, 'recurrence(s) ended without a result; what they drew is in a ledger or not known.'),
        ...sentence(missingAttempts, 'failed attempt(s) are in no ledger any more: their energy is missing.'),
        ...sentence(ofAnotherTime, 'recurrence(s) closed in this period, but by their grid’s clock ran at another time.'),
        ...(asked
            ? [`${settled} interval(s) were settled by ${questions} question(s)${changeWords(settlement.change)}.`]
            : []),
        ...sentence(unsettled, `interval(s) are not final${asked ? '' : '; name a source to ask again (-c or --source)'}.`),
        ...(failure === null ? [] : [`${failure} What it did not tell stays as it was.`]),
    ];
}
function sentence(count, words) {
    return count === 0 ? [] : [`${count} ${words}`];
}
function changeWords(change) {
    const amount = change === null ? 0 : 'money' in change ? change.money : change.grams;
    if (change === null || amount === 0)
        return '';
    return `, which changed the sum by ${amount > 0 ? '+' : ''}${quantityWords(change)}`;
}
//# sourceMappingURL=words.js.map
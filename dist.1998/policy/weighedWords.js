"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.explainWeighed = explainWeighed;
function explainWeighed(words) {
    const { eta, powerLimitWatts } = words;
    return `${reasonOf(words)}: η ${rounded(eta)}, so ${powerLimitWatts} W.`;
}
function reasonOf(words) {
    const { context, now, reference, baseEta } = words;
    const even = context.leftSeconds !== null;
    if (context.policy === 'static' && !even)
        return 'The policy is static, so the grid is not looked at';
    if (now.value === null) {
        const age = now.ageSeconds === null ? 'There is no reading' : `The latest reading is ${hours(now.ageSeconds)} old`;
        return `${age}, and no forecast holds for now, so ${even ? 'the run keeps an even pace to its deadline' : 'the job’s own η counts'}`;
    }
    const signal = `${sourceOf(now)} ${rounded(now.value)} ${context.unit}`;
    if (even)
        return `${signal}; as slow as the run may be to end within ${hours(context.leftSeconds ?? 0)}`;
    if (reference === null || reference <= 0)
        return `${signal}, and there is no reference to compare with`;
    const compared = `${signal} is ${rounded(now.value / reference)} times the reference of ${rounded(reference)}`;
    return `${compared}; at the reference η is ${rounded(baseEta)}${context.budget === null ? '' : ', which holds the slow-down budget'}`;
}
function sourceOf({ from, ageSeconds }) {
    if (from === 'reading')
        return 'The signal of';
    const age = ageSeconds === null ? 'no reading' : `a reading ${hours(ageSeconds)} old`;
    return from === 'provider' ? `With ${age}, the provider’s forecast of` : `With ${age}, our own forecast of`;
}
function hours(seconds) {
    return `${rounded(Math.max(0, seconds) / 3600)} h`;
}
function rounded(value) {
    return String(Number(value.toPrecision(3)));
}
//# sourceMappingURL=weighedWords.js.map
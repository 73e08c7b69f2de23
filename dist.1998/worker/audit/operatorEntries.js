"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.OperatorEntries = void 0;
/** What operators said to a bandit and what came of it, by update or by signal, as its history tells. */
const zod_1 = require("zod");
const checkOrder_1 = require("../../workflows/checkOrder");
const input_1 = require("../import/input");
const entry_1 = require("./entry");
const verdicts_1 = require("./verdicts");
/** As much of a job's as it takes to see whether an order makes sense. */
const specSchema = zod_1.z.object({ batchSizes: zod_1.z.array(zod_1.z.number()) });
/** Goes through one run's history in its order, as the bandit did. */
class OperatorEntries {
    run;
    spec;
    verdicts;
    ids;
    tokens;
    constructor(run, happenings) {
        this.run = run;
        const started = happenings.find(({ kind }) => kind === 'started');
        const input = (0, entry_1.fieldsOf)(started?.kind === 'started' ? started.input : undefined);
        const book = (0, entry_1.fieldsOf)(input['orders']);
        this.spec = specSchema.safeParse(input['spec']).data;
        this.verdicts = new verdicts_1.Verdicts(happenings);
        this.ids = new Set(Array.isArray(book['ids']) ? book['ids'] : []);
        this.tokens = new Set(Object.keys((0, entry_1.fieldsOf)(book['tokens'])));
    }
    /** Undefined while nobody has heard it yet. */
    signalled(signal) {
        const { input, client } = signal;
        const facts = { ...orderOf(input), client, by: 'signal' };
        const nonsense = this.whyNonsense(input);
        if (nonsense !== undefined)
            return this.entry(signal, 'refusal', { ...facts, ...claimed(input), why: nonsense });
        const { id } = (0, entry_1.fieldsOf)(input);
        if (id !== undefined && this.ids.has(id))
            return this.entry(signal, 'repeat', { ...facts, ...claimed(input), id });
        const judged = this.verdicts.take(input, signal.eventId);
        return judged && this.judged(judged, facts, id);
    }
    updated(update, answer) {
        const { input, client, name } = update;
        const facts = { ...orderOf(input), client, by: 'update' };
        const success = (0, entry_1.fieldsOf)(answer.success);
        if (success['kind'] === 'known')
            return this.entry(answer, 'repeat', { ...facts, ...claimed(input), ...success });
        const verdict = this.verdicts.take(input, update.eventId)?.verdict;
        const { who, signed } = verdict?.ok === true ? verdict : { who: verdict?.who, signed: false };
        if (answer.failure !== undefined) {
            const order = name === 'clearOverride' ? { order: { kind: 'clear' } } : {};
            return this.entry(answer, 'refusal', { ...facts, ...order, who, why: answer.failure });
        }
        if (verdict?.ok === true && verdict.token !== undefined)
            this.tokens.add(verdict.token.jti);
        const tokenId = verdict?.ok === true && verdict.token !== undefined ? { tokenId: verdict.token.jti } : {};
        if (name === 'clearOverride')
            return this.entry(answer, 'clear', { ...facts, ...tokenId, who, signed, ids: answer.success });
        const { setAt: _setAt, ...override } = (0, entry_1.fieldsOf)(success['override']);
        this.ids.add(override['id']);
        return this.entry(answer, 'override', { ...facts, ...tokenId, who, signed, ...override });
    }
    /** The verdict on a signal; nobody was answered. */
    judged({ verdict, at }, facts, own) {
        const { who } = verdict;
        if (!verdict.ok)
            return this.entry(at, 'refusal', { ...facts, who, why: verdict.why });
        const { signed, token, reason } = verdict;
        const tokenId = token === undefined ? {} : { tokenId: token.jti };
        const known = { ...facts, ...tokenId, who, signed, reason };
        if (token !== undefined && this.tokens.has(token.jti))
            return this.entry(at, 'refusal', { ...known, why: 'its token was used before.' });
        if (token !== undefined)
            this.tokens.add(token.jti);
        const id = own ?? token?.jti ?? verdict.id ?? null;
        this.ids.add(id);
        return this.entry(at, 'override', { ...known, id, expiresAt: endOf(at, facts['seconds']) });
    }
    whyNonsense(input) {
        if (this.spec === undefined)
            return undefined;
        try {
            (0, checkOrder_1.checkOverride)(input, this.spec);
            return undefined;
        }
        catch (error) {
            return (0, input_1.messageOf)(error);
        }
    }
    entry(at, kind, facts) {
        return (0, entry_1.entryOf)(this.run, at, kind, facts);
    }
}
exports.OperatorEntries = OperatorEntries;
/** To the second or so: the bandit counts from when it believed the order. */
function endOf({ at }, seconds) {
    return typeof seconds === 'number' ? new Date(Date.parse(at) + seconds * 1000).toISOString() : null;
}
/** Never the token. What makes no sense may hold anything, so of that nothing but the kind is told on. */
function orderOf(request) {
    const { order, ...others } = (0, entry_1.only)(request, 'id', 'order', 'reason', 'seconds');
    const { kind, ...value } = (0, entry_1.only)(order, 'kind', 'batchSize', 'powerLimitWatts', 'eta', 'maxSlowdown');
    const told = order === undefined ? {} : { order: { kind: shortText(kind), ...numbersIn(value) } };
    return { ...numbersIn(others), ...textsIn(others), ...told };
}
/** Who says so, where nobody judged it. */
function claimed(request) {
    const { who } = (0, entry_1.fieldsOf)(request);
    return typeof who === 'string' ? { who: shortText(who) } : {};
}
const shortText = (value) => (typeof value === 'string' ? value.slice(0, 500) : null);
function numbersIn(fields) {
    return Object.fromEntries(Object.entries(fields).filter(([, value]) => typeof value === 'number'));
}
function textsIn(fields) {
    const texts = Object.entries(fields).filter(([, value]) => typeof value === 'string');
    return Object.fromEntries(texts.map(([key, value]) => [key, shortText(value)]));
}
//# sourceMappingURL=operatorEntries.js.map
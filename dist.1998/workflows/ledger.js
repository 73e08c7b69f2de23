"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.briefly = exports.isUnderWay = exports.emptyLedger = void 0;
exports.attemptById = attemptById;
exports.openAttempts = openAttempts;
exports.lastChoice = lastChoice;
exports.withDecision = withDecision;
exports.withSkipped = withSkipped;
exports.withGivenUp = withGivenUp;
exports.withExpired = withExpired;
exports.withImported = withImported;
exports.withObservation = withObservation;
const messages_1 = require("./messages");
exports.emptyLedger = {
    slots: [],
    totals: {
        slots: { ran: 0, skipped: 0, failed: 0 },
        decisions: 0,
        told: 0,
        counted: 0,
        quarantined: 0,
        expired: 0,
        joules: 0,
        seconds: 0,
    },
};
const isUnderWay = (attempt) => attempt.observation === undefined && attempt.expired !== true;
exports.isUnderWay = isUnderWay;
/** The decision without the table behind it. */
const briefly = (decision) => ({ ...decision, considered: [] });
exports.briefly = briefly;
function attemptById(ledger, id) {
    for (const slot of ledger.slots) {
        const found = slot.attempts.find((attempt) => attempt.decision.id === id);
        if (found !== undefined)
            return found;
    }
    return undefined;
}
/** Attempts that are decided and neither told nor expired. */
function openAttempts(ledger) {
    return ledger.slots.flatMap((slot) => slot.attempts.filter(exports.isUnderWay));
}
/** What the latest run was given, as far as it was told. */
function lastChoice({ slots, }) {
    return slots.flatMap(({ attempts }) => attempts.flatMap(({ observation }) => observation ?? [])).at(-1);
}
/** A new decision opens its slot, or adds an attempt to it. */
function withDecision(ledger, request, attempt) {
    const slot = slotNamed(ledger, request.slot);
    return replaceSlot({ ...ledger, totals: { ...ledger.totals, decisions: ledger.totals.decisions + 1 } }, { slot: request.slot, state: { kind: 'open' }, attempts: [...(slot?.attempts ?? []), attempt] });
}
/** Slots for which no recurrence was ever started. A slot that is known already keeps its entry. */
function withSkipped(ledger, slots) {
    return slots
        .filter((slot) => slotNamed(ledger, slot) === undefined)
        .reduce((next, slot) => replaceSlot(next, { slot, state: { kind: 'skipped', why: whySkipped(ledger, slot) }, attempts: [] }), ledger);
}
function whySkipped({ slots }, slot) {
    const at = Date.parse(slot);
    const wasUnderWay = ({ decidedAt, toldAt, expired, leaseExpiresAt }) => {
        const end = toldAt ?? (expired === true ? leaseExpiresAt : undefined);
        return Date.parse(decidedAt) <= at && (end === undefined || at <= Date.parse(end));
    };
    return slots.some(({ attempts }) => attempts.some(wasUnderWay))
        ? 'an earlier recurrence was still running'
        : 'no recurrence was started: the schedule was paused, or the slot fell outside its catch-up window';
}
/** A recurrence that ended without a decision ends its slot, unless a run of it converged. */
function withGivenUp(ledger, { slot: name, failure, why }) {
    const slot = slotNamed(ledger, name) ?? { slot: name, attempts: [] };
    return replaceSlot(ledger, ended(slot, { kind: 'failed', failure, why }));
}
/**
 * Takes runs for lost whose lease ran out at or before `now`. A slot ends with its last lease also if a run of it was told, but
 * its recurrence never came back to try again.
 */
function withExpired(ledger, now) {
    const isLate = (attempt) => attempt.leaseExpiresAt <= now;
    const isLost = (attempt) => (0, exports.isUnderWay)(attempt) && isLate(attempt);
    return ledger.slots
        .filter(({ state, attempts }) => attempts.some(isLost) || (state.kind === 'open' && attempts.every(isLate)))
        .reduce((next, slot) => {
        const attempts = slot.attempts.map((attempt) => (isLost(attempt) ? { ...attempt, expired: true } : attempt));
        const expired = next.totals.expired + slot.attempts.filter(isLost).length;
        const failed = { kind: 'failed', failure: 'infrastructure', why: 'the lease of its run expired' };
        return replaceSlot({ ...next, totals: { ...next.totals, expired } }, attempts.every(isLate) ? ended({ ...slot, attempts }, failed) : { ...slot, attempts });
    }, ledger);
}
/** Imported observations belong to no slot, and their joules were not paid for this job. */
function withImported(ledger, count) {
    return { ...ledger, totals: { ...ledger.totals, imported: (ledger.totals.imported ?? 0) + count } };
}
/** An observation closes its attempt; the slot ends with it unless the recurrence is to try again. */
function withObservation(ledger, observation, answer, toldAt) {
    const slot = ledger.slots.find((each) => each.attempts.some(({ decision }) => decision.id === observation.id));
    const totals = totalsAfter(ledger.totals, observation, answer);
    if (slot === undefined)
        return { ...ledger, totals };
    const attempts = slot.attempts.map((attempt) => attempt.decision.id === observation.id ? { ...attempt, observation, toldAt, answer } : attempt);
    return replaceSlot({ ...ledger, totals }, ended({ ...slot, attempts }, stateAfter(observation, answer)));
}
/** A slot of which one run converged has run, whatever else is heard of it. */
function ended(slot, state) {
    return { ...slot, state: slot.state?.kind === 'ran' ? slot.state : state };
}
function stateAfter(observation, answer) {
    if (answer.retry)
        return { kind: 'open' };
    if (observation.outcome === 'converged' && answer.counted)
        return { kind: 'ran' };
    const failure = observation.outcome === 'converged' ? 'infrastructure' : observation.outcome;
    return { kind: 'failed', failure };
}
function totalsAfter(totals, observation, answer) {
    const told = totals.told + 1;
    if (!answer.counted)
        return { ...totals, told, quarantined: totals.quarantined + 1 };
    return {
        ...totals,
        told,
        counted: totals.counted + 1,
        joules: totals.joules + observation.joules,
        seconds: totals.seconds + observation.seconds,
    };
}
function slotNamed(ledger, name) {
    return ledger.slots.find(({ slot }) => slot === name);
}
/** Puts a slot where its time belongs, keeps the latest ones, and counts how slots ended. */
function replaceSlot(ledger, slot) {
    const before = slotNamed(ledger, slot.slot);
    const others = ledger.slots.filter((each) => each !== before);
    const slots = [...others, slot].sort((a, b) => (a.slot < b.slot ? -1 : 1));
    return {
        slots: forgetOldest(slots),
        totals: { ...ledger.totals, slots: recount(ledger.totals.slots, before, slot) },
    };
}
/** Keeps the latest slots, and older ones that are open still. */
function forgetOldest(slots) {
    const latest = slots.length - messages_1.ledgerLength;
    const kept = slots.filter(({ state }, i) => i >= latest || state.kind === 'open');
    let runs = 0;
    return kept
        .toReversed()
        .map((slot) => {
        const explained = runs < messages_1.explainedRuns;
        runs += slot.attempts.length;
        return explained ? slot : withoutDetails(slot);
    })
        .toReversed();
}
/** The table behind a decision, and the single measurements, stay in history; the policy has learned from them. */
function withoutDetails(slot) {
    const isBrief = ({ decision, observation }) => decision.considered.length === 0 && (observation?.measurements ?? []).length === 0;
    if (slot.attempts.every(isBrief))
        return slot;
    const attempts = slot.attempts.map(({ decision, observation, ...attempt }) => ({
        ...attempt,
        decision: (0, exports.briefly)(decision),
        ...(observation === undefined ? {} : { observation: { ...observation, measurements: [] } }),
    }));
    return { ...slot, attempts };
}
function recount(counts, before, after) {
    const one = (slot, kind) => (slot?.state.kind === kind ? 1 : 0);
    const change = (kind) => counts[kind] + one(after, kind) - one(before, kind);
    return { ran: change('ran'), skipped: change('skipped'), failed: change('failed') };
}
//# sourceMappingURL=ledger.js.map
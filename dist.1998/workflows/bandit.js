"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.bandit = bandit;
/**
 * The memory of one job. It answers *ask* with a recorded decision, keeps what it is *told*, takes in what is *imported*, and
 * continues as new when Temporal suggests it. It computes nothing: decisions come from a local activity and lie in history.
 */
const workflow_1 = require("@temporalio/workflow");
const facts_1 = require("../policy/facts");
const checkOrder_1 = require("./checkOrder");
const ledger_1 = require("./ledger");
const messages_1 = require("./messages");
const imports_1 = require("./imports");
const operators_1 = require("./operators");
const orderBook_1 = require("./orderBook");
const plausible_1 = require("./plausible");
const wellFormed_1 = require("./wellFormed");
const wellFormedImport_1 = require("./wellFormedImport");
/** Runs that may be open at once: what is open is carried through continue-as-new, whose input is at most 2 MB. */
const mostOpenRuns = 500;
const { decide, learn } = (0, workflow_1.proxyLocalActivities)({
    startToCloseTimeout: '30s',
    retry: { maximumAttempts: 3 },
});
async function bandit(input) {
    let known = { spec: input.spec, memory: input.memory, grid: input.grid, since: input.since };
    let ledger = input.ledger ?? ledger_1.emptyLedger;
    let imported = input.imported ?? [];
    let retired = false;
    const inTurn = createQueue();
    const operatorsInTurn = createQueue();
    const openSlots = () => ledger.slots.filter(({ attempts }) => attempts.some(ledger_1.isUnderWay)).map(({ slot }) => slot);
    const operators = (0, operators_1.createOperators)(known.spec, input.orders ?? orderBook_1.emptyOrderBook, openSlots);
    let ordered = 0;
    const command = (work) => operatorsInTurn(work).finally(() => {
        ordered += 1;
    });
    (0, workflow_1.setHandler)(messages_1.ask, (request) => inTurn(() => answerAsk(request)), { validator: checkAskNow });
    (0, workflow_1.setHandler)(messages_1.tell, answerTell, { validator: wellFormed_1.checkTell });
    (0, workflow_1.setHandler)(messages_1.giveUp, (slot) => {
        ledger = (0, ledger_1.withGivenUp)(ledger, slot);
    }, { validator: wellFormed_1.checkGiveUp });
    (0, workflow_1.setHandler)(messages_1.importFacts, (request) => inTurn(() => takeIn(request)), { validator: checkImportNow });
    (0, workflow_1.setHandler)(messages_1.retire, () => {
        retired = true;
    });
    (0, workflow_1.setHandler)(messages_1.setOverride, (request) => command(() => operators.set(request)), {
        validator: (request) => (0, checkOrder_1.checkOverride)(request, known.spec),
    });
    (0, workflow_1.setHandler)(messages_1.clearOverride, (request) => command(() => operators.clear(request)), { validator: checkOrder_1.checkClear });
    (0, workflow_1.setHandler)(messages_1.override, (request) => command(() => heed(request)));
    (0, workflow_1.setHandler)(messages_1.overrides, () => operators.book);
    (0, workflow_1.setHandler)(messages_1.facts, () => known);
    (0, workflow_1.setHandler)(messages_1.ledger, () => ledger);
    const isOver = () => retired || (0, workflow_1.workflowInfo)().continueAsNewSuggested;
    while (!isOver()) {
        const seen = ordered;
        const endMs = operators.nextEndMs;
        if (endMs === undefined)
            await (0, workflow_1.condition)(() => isOver() || ordered !== seen);
        else if (!(await (0, workflow_1.condition)(() => isOver() || ordered !== seen, endMs)))
            await operatorsInTurn(() => operators.passOn());
    }
    await (0, workflow_1.condition)(workflow_1.allHandlersFinished);
    if (retired)
        return ledger;
    return (0, workflow_1.continueAsNew)({ ...known, ledger, imported, orders: operators.book });
    /** A signal has nobody to tell that it was refused; the book of orders does. */
    async function heed(request) {
        try {
            (0, checkOrder_1.checkOverride)(request, known.spec);
            await operators.set(request);
        }
        catch (error) {
            if (!(error instanceof workflow_1.ApplicationFailure))
                throw error;
            operators.noteRefusal(request, error);
        }
    }
    /** One ask at a time, so that each sees the decisions still in flight. */
    async function answerAsk(request) {
        ledger = (0, ledger_1.withExpired)(ledger, now());
        const earlier = (0, ledger_1.attemptById)(ledger, request.id);
        if (earlier !== undefined)
            return (0, ledger_1.briefly)(earlier.decision);
        const { spec, memory, grid, since } = known;
        const inFlight = (0, ledger_1.openAttempts)(ledger).map(({ decision }) => decision.batchSize);
        const lastSlot = ledger.slots.at(-1)?.slot;
        const { overrides: orders } = operators.book;
        const told = orders.length === 0 ? {} : { overrides: orders, at: now(), last: (0, ledger_1.lastChoice)(ledger) };
        const answer = await decide({ spec, memory, grid, since, request, inFlight, lastSlot, ...told });
        if (answer.grid !== undefined)
            known = { ...known, grid: answer.grid };
        if (answer.memory !== undefined) {
            known = { ...known, memory: answer.memory, since: known.since.slice(since.length) };
        }
        ledger = (0, ledger_1.withSkipped)(ledger, answer.skipped);
        const decidedAt = now();
        const leaseExpiresAt = new Date(Date.now() + spec.lease * 1000).toISOString();
        ledger = (0, ledger_1.withDecision)(ledger, request, { decision: answer.decision, decidedAt, leaseExpiresAt });
        return (0, ledger_1.briefly)(answer.decision);
    }
    /** Who held which GPUs is for the audit, which reads it in history. */
    function answerTell({ leases: _leases, ...observation }) {
        const attempt = (0, ledger_1.attemptById)(ledger, observation.id);
        if (attempt?.answer !== undefined)
            return attempt.answer;
        const why = attempt === undefined
            ? `no decision ${observation.id} is known`
            : (0, plausible_1.doubt)(observation, attempt.decision, known.spec);
        const answer = why === undefined
            ? { counted: true, retry: mayRetry(observation) }
            : { counted: false, quarantinedBecause: why, retry: false };
        if (answer.counted)
            known = { ...known, since: [...known.since, observation] };
        ledger = (0, ledger_1.withObservation)(ledger, observation, answer, now());
        return answer;
    }
    /** Into the memory at once: single observations are many and large, and all that is left of them here is their ids. */
    async function takeIn({ observations }) {
        const { fresh, answer } = (0, imports_1.sortImports)(observations, imported, known.spec);
        if (fresh.length === 0)
            return answer;
        const { spec, memory, since } = known;
        const learned = await learn({ spec, memory, since: [...since, ...fresh] });
        known = { spec, memory: learned, since: known.since.slice(since.length) };
        imported = [...imported, ...fresh.map(({ id }) => id)];
        ledger = (0, ledger_1.withImported)(ledger, fresh.length);
        return answer;
    }
    function checkImportNow(request) {
        (0, wellFormedImport_1.checkImport)(request);
        (0, wellFormedImport_1.checkRoom)(imported, request.observations);
    }
    function checkAskNow(request) {
        (0, wellFormed_1.checkAsk)(request);
        if ((0, ledger_1.openAttempts)((0, ledger_1.withExpired)(ledger, now())).length < mostOpenRuns)
            return;
        throw (0, wellFormed_1.invalid)(`Cannot decide: ${mostOpenRuns} runs are open; tell how they ended, or wait for their leases.`);
    }
    function mayRetry({ outcome, attempt }) {
        return outcome !== 'converged' && facts_1.teachingFailures.includes(outcome) && attempt < known.spec.attempts;
    }
}
const now = () => new Date().toISOString();
/** Runs what it is given one after the other, whether or not the one before failed. */
function createQueue() {
    let last = Promise.resolve();
    return (work) => {
        const result = last.then(work, work);
        last = result;
        return result;
    };
}
//# sourceMappingURL=bandit.js.map
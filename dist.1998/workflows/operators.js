"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createOperators = createOperators;
/** The bandit's ear for operators: believes or refuses, remembers, and passes the word on to the runs that are under way. */
const workflow_1 = require("@temporalio/workflow");
const override_1 = require("../policy/override");
const messages_1 = require("./messages");
const orderBook_1 = require("./orderBook");
const { verifyOverride, verifyClear } = (0, workflow_1.proxyLocalActivities)({
    startToCloseTimeout: '20s',
    retry: { maximumInterval: '5s' },
});
/** `openSlots`: those of the runs under way. */
function createOperators(spec, begun, openSlots) {
    let book = begun;
    const { job } = spec;
    const active = () => (0, override_1.activeAt)(book.overrides, now());
    const refuse = (kind, who, why) => {
        book = (0, orderBook_1.withRefusal)(book, { at: now(), order: kind, who, why });
        return workflow_1.ApplicationFailure.nonRetryable(`Cannot override job ${job} by ${kind}: ${why}`, refused);
    };
    const believed = (kind, verdict) => {
        if (!verdict.ok)
            throw refuse(kind, verdict.who, verdict.why);
        const { token, who } = verdict;
        if (token !== undefined && book.tokens[token.jti] !== undefined)
            throw refuse(kind, who, 'its token was used before.');
        return verdict;
    };
    const passOn = async () => {
        const orders = (0, override_1.runOrdersOf)((0, override_1.standingOf)(active()));
        const slots = [...new Set(openSlots())];
        await Promise.all(slots.map((slot) => (0, workflow_1.getExternalWorkflowHandle)((0, messages_1.recurrenceId)(job, slot))
            .signal(messages_1.obey, orders)
            .catch(() => workflow_1.log.info('a recurrence ended before the word reached it', { slot }))));
    };
    return {
        get book() {
            return book;
        },
        get nextEndMs() {
            const end = (0, override_1.nextExpiry)(active());
            return end === null ? undefined : Math.max(0, Date.parse(end) - Date.now());
        },
        passOn,
        noteRefusal(request, { type, message }) {
            // Those that were refused for who said them are noted already.
            if (type === refused)
                return;
            const order = JSON.stringify(request ?? null).slice(0, 80);
            book = (0, orderBook_1.withRefusal)(book, { at: now(), order, who: null, why: message ?? 'it makes no sense' });
        },
        async set(request) {
            const { order, seconds } = request;
            const isKnown = (id) => id !== undefined && book.ids.includes(id);
            if (isKnown(request.id)) {
                book = (0, orderBook_1.withKnown)(book);
                return { kind: 'known', id: request.id ?? '' };
            }
            const verdict = believed(order.kind, await verifyOverride(job, request));
            const { who, signed, reason, token } = verdict;
            const id = request.id ?? token?.jti ?? verdict.id ?? (0, workflow_1.uuid4)();
            const setAt = now();
            const expiresAt = seconds === undefined ? null : new Date(Date.now() + seconds * 1000).toISOString();
            const override = { id, order, reason, who, signed, setAt, expiresAt };
            book = (0, orderBook_1.withOverride)(book, override, token, setAt);
            await passOn();
            return { kind: 'applied', override };
        },
        async clear(request) {
            const { who } = believed('clear', await verifyClear(job, request));
            const ids = book.overrides.map(({ id }) => id).filter((id) => request.id === undefined || id === request.id);
            if (ids.length === 0 && request.id !== undefined)
                throw refuse('clear', who, `there is no override ${request.id}.`);
            book = (0, orderBook_1.withCleared)(book, ids);
            await passOn();
            return ids;
        },
    };
}
const refused = 'OverrideRefused';
/** The workflow's time: the same in every replay. */
const now = () => new Date().toISOString();
//# sourceMappingURL=operators.js.map
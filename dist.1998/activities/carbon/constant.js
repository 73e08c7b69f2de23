"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createConstant = createConstant;
/** One value for ever: an annual mean, a tariff, or a grid that nobody tells of. */
const gridSlots_1 = require("./gridSlots");
const slotSeconds = 3600;
const longestHours = 24 * 366;
function createConstant({ zone, value, clock = gridSlots_1.systemClock }) {
    const { kind } = value;
    const facts = {
        provider: 'constant',
        zone,
        kind,
        slotSeconds,
        historyHours: longestHours,
        forecastHours: longestHours,
    };
    const readingAt = (fromSeconds) => {
        const validFromAt = (0, gridSlots_1.instantAt)(fromSeconds);
        const validToAt = (0, gridSlots_1.instantAt)(fromSeconds + slotSeconds);
        const slot = {
            provider: facts.provider,
            zone,
            validFromAt,
            validToAt,
            issuedAt: null,
            status: 'estimated',
        };
        if (value.kind === 'price')
            return { ...slot, kind: value.kind, currency: value.currency, pricePerKwh: value.pricePerKwh };
        return { ...slot, kind: value.kind, gramsPerKwh: value.gramsPerKwh, factorType: value.factorType ?? null };
    };
    const between = ({ fromAt, toAt }) => {
        const from = (0, gridSlots_1.slotStart)((0, gridSlots_1.secondsOf)(fromAt), slotSeconds);
        const count = Math.max(0, Math.ceil(((0, gridSlots_1.secondsOf)(toAt) - from) / slotSeconds));
        return Array.from({ length: count }, (_, i) => readingAt(from + i * slotSeconds));
    };
    return {
        facts,
        now: async () => readingAt((0, gridSlots_1.slotStart)((0, gridSlots_1.secondsOf)(clock()), slotSeconds)),
        history: async (range) => between(range),
        forecast: async (hours) => {
            const now = (0, gridSlots_1.secondsOf)(clock());
            return between({ fromAt: (0, gridSlots_1.instantAt)(now), toAt: (0, gridSlots_1.instantAt)(now + hours * 3600) });
        },
    };
}
//# sourceMappingURL=constant.js.map
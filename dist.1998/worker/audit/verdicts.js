"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Verdicts = void 0;
/** What a bandit's worker said of each order of an operator, found again by the request that it judged. */
const zod_1 = require("zod");
const verifyOverride_1 = require("../../activities/verifyOverride");
const common = { of: zod_1.z.string().optional(), id: zod_1.z.string().optional() };
const verdictSchema = zod_1.z.discriminatedUnion('ok', [
    zod_1.z.object({
        ...common,
        ok: zod_1.z.literal(true),
        who: zod_1.z.string(),
        signed: zod_1.z.boolean(),
        reason: zod_1.z.string(),
        token: zod_1.z.object({ jti: zod_1.z.string() }).optional(),
    }),
    zod_1.z.object({ ...common, ok: zod_1.z.literal(false), who: zod_1.z.string().nullable(), why: zod_1.z.string() }),
]);
const judges = ['verifyOverride', 'verifyClear'];
/** Each is given out once. Those of version 0.1 do not say what they are of; orders were judged in the order in which they came. */
class Verdicts {
    open;
    constructor(happenings) {
        this.open = happenings.flatMap((at) => {
            if (at.kind !== 'local' || !judges.includes(at.activity))
                return [];
            const { success, data } = verdictSchema.safeParse(at.result);
            return success ? [{ verdict: data, at }] : [];
        });
    }
    take(request, since) {
        const digest = (0, verifyOverride_1.requestDigest)(request);
        const found = this.open.find(({ verdict: { of }, at }) => at.eventId > since && (of === undefined || of === digest));
        this.open = this.open.filter((each) => each !== found);
        return found;
    }
}
exports.Verdicts = Verdicts;
//# sourceMappingURL=verdicts.js.map
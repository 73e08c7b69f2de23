"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.zeusdFailureFor = zeusdFailureFor;
/** What zeusd says when it refuses: per GPU, once for all, or in plain words; the status alone does not tell enough. */
const zod_1 = require("zod");
const error_1 = require("./error");
const perGpu = zod_1.z
    .object({ errors: zod_1.z.record(zod_1.z.string(), zod_1.z.string()) })
    .transform(({ errors }) => Object.values(errors).join('; '));
const forAll = zod_1.z.object({ error: zod_1.z.string() }).transform(({ error }) => error);
const refusal = zod_1.z.union([perGpu, forAll]);
function zeusdFailureFor({ status, body }) {
    const words = wordsIn(body);
    const [kind, remedy] = meaningOf(status, words);
    return new error_1.GpuError(kind, `zeusd refuses with ${status} (${words.slice(0, 300)}); ${remedy}`);
}
function wordsIn(body) {
    try {
        const parsed = refusal.safeParse(JSON.parse(body));
        return parsed.success ? parsed.data : body.trim();
    }
    catch {
        return body.trim();
    }
}
function meaningOf(status, words) {
    if (status === 401)
        return ['forbidden', 'give a valid token by reference, env:NAME or file:/path'];
    if (status === 403 && /scope/i.test(words))
        return ['forbidden', 'issue a token with the scopes gpu-read and gpu-control'];
    if (status === 403)
        return ['forbidden', 'run zeusd as root or with CAP_SYS_ADMIN'];
    if (status === 404)
        return ['unsupported', 'start zeusd with --enable gpu-read,gpu-control'];
    if (/not supported/i.test(words))
        return ['unsupported', 'leave this GPU out'];
    if (/does not exist/i.test(words))
        return ['absent', 'its GPUs changed; try again'];
    if (/lost/i.test(words))
        return ['lost', 'see the kernel log for Xid messages and reset it or reboot'];
    if (status === 400)
        return ['outOfRange', 'choose a limit within its range'];
    return ['unavailable', 'see its log'];
}
//# sourceMappingURL=zeusdAnswer.js.map
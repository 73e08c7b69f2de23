"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.roles = void 0;
exports.isOverrideKind = isOverrideKind;
exports.roleFor = roleFor;
exports.mayAct = mayAct;
/** Who may override what. */
const zod_1 = require("zod");
/** Each may do what those before it may. */
exports.roles = ['viewer', 'operator', 'power', 'admin'];
const requiredRoles = {
    eta: 'operator',
    pinBatchSize: 'operator',
    banBatchSize: 'operator',
    pauseLearning: 'operator',
    pauseTuning: 'operator',
    /** For longer than a day an admin's affair. */
    freeze: 'operator',
    resume: 'operator',
    pinPowerLimit: 'power',
    powerBound: 'power',
    slowDownBound: 'power',
    import: 'admin',
};
const oneDaySeconds = 86_400;
const shortFreeze = zod_1.z.object({ seconds: zod_1.z.number().positive().max(oneDaySeconds) });
function isOverrideKind(kind) {
    return Object.hasOwn(requiredRoles, kind);
}
/** A freeze that does not say how many seconds it lasts has no end. */
function roleFor(kind, value) {
    if (kind === 'freeze' && !shortFreeze.safeParse(value).success)
        return 'admin';
    return requiredRoles[kind];
}
function mayAct(role, required) {
    return exports.roles.indexOf(role) >= exports.roles.indexOf(required);
}
//# sourceMappingURL=overrideRoles.js.map
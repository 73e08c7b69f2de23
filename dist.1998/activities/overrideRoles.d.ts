/** Each may do what those before it may. */
export declare const roles: readonly ['viewer', 'operator', 'power', 'admin'];
export type Role = (typeof roles)[number];
declare const requiredRoles: {
    readonly eta: 'operator';
    readonly pinBatchSize: 'operator';
    readonly banBatchSize: 'operator';
    readonly pauseLearning: 'operator';
    readonly pauseTuning: 'operator';
    /** For longer than a day an admin's affair. */
    readonly freeze: 'operator';
    readonly resume: 'operator';
    readonly pinPowerLimit: 'power';
    readonly powerBound: 'power';
    readonly slowDownBound: 'power';
    readonly import: 'admin';
};
export type OverrideKind = keyof typeof requiredRoles;
export declare function isOverrideKind(kind: string): kind is OverrideKind;
/** A freeze that does not say how many seconds it lasts has no end. */
export declare function roleFor(kind: OverrideKind, value: unknown): Role;
export declare function mayAct(role: Role, required: Role): boolean;
export {};
//# sourceMappingURL=overrideRoles.d.ts.map
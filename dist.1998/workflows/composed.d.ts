export * from '.';
export * from '__host_workflows__';
/** Temporal runs a host's default export for workflow types that nobody exports. */
declare const _default: unknown;
export default _default;
//# sourceMappingURL=composed.d.ts.map
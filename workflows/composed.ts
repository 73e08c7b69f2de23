/** The host's workflows beside ours. The plugin points `__host_workflows__` at the host's file when it bundles. */
export { bandit, recurrence } from '.';
// Whatever the host exports: nobody here can name it.
export * from '__host_workflows__';

/** Stand for the host's workflows file and for ours, which the plugin supplies when it bundles. */
declare module '__host_workflows__';
declare module '__own_workflows__';

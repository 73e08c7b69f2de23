/** Stands for the host's workflows file, which the plugin supplies when it bundles. */
declare module '__host_workflows__';

/** The host's workflows beside ours. The plugin points `__host_workflows__` at the host's file when it bundles. */
// `index.ts`, `versioned.ts` or `replayed.ts`, for which the plugin lets this name stand.
import * as own from '__own_workflows__';
import * as host from '__host_workflows__';

const ours: Readonly<Record<string, unknown>> = own;
const theirs: Readonly<Record<string, unknown>> = host;
const taken = Object.keys(ours).find((name) => name in theirs && theirs[name] !== ours[name]);
if (taken !== undefined) {
  throw new Error(
    `Cannot register workflow ${taken}: wattbandit has one of that name; export yours under another name.`,
  );
}

export * from '__own_workflows__';
// Whatever the host exports: nobody here can name it.
export * from '__host_workflows__';
/** Temporal runs a host's default export for workflow types that nobody exports. */
// oxlint-disable-next-line import/no-default-export -- that is where Temporal looks
export default theirs['default'];

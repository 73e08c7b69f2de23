/**
 * The workflows for workers that have a Worker Deployment Version. Temporal refuses these options from a worker that has none, and
 * a workflow cannot tell which one it runs on; so the plugin bundles this file in the place of `index.ts`.
 */
import { setWorkflowOptions } from '@temporalio/workflow';
import { bandit, recurrence } from '.';

/** It outlives many versions of this code, each of which replays what those before it recorded. */
setWorkflowOptions({ versioningBehavior: 'AUTO_UPGRADE' }, bandit);
/** It ends in the version that it began in. */
setWorkflowOptions({ versioningBehavior: 'PINNED' }, recurrence);

export { bandit, recurrence };

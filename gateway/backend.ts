/** What the gateway speaks to: everything that it knows is there, in Temporal. */
import { Client } from '@temporalio/client';
import { JobClient } from '../worker/client';
import { OutsideRuns } from '../worker/outsideRuns';
import { Recurrences } from '../worker/recurrences';

export interface Backend {
  readonly client: Client;
  readonly jobs: JobClient;
  readonly runs: OutsideRuns;
  readonly recurrences: Recurrences;
}

export function createBackend(given: Client, taskQueue: string | undefined): Backend {
  const client = ofOpenWorkflows(given);
  const jobs = new JobClient(client, taskQueue === undefined ? {} : { taskQueue });
  return { client, jobs, runs: new OutsideRuns(client), recurrences: new Recurrences(client, jobs) };
}

/** The bandit of a job that was deleted would answer queries until history forgets it. */
function ofOpenWorkflows({ connection, options }: Client): Client {
  // Its plugins have done what they do to options.
  return new Client({ ...options, connection, plugins: [], workflow: { queryRejectCondition: 'NOT_OPEN' } });
}

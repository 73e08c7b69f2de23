/** What the gateway speaks to: everything that it knows is there, in Temporal. */
import type { Client } from '@temporalio/client';
import { JobClient } from '../worker/client';
import { OutsideRuns } from '../worker/outsideRuns';
import { Recurrences } from '../worker/recurrences';

export interface Backend {
  readonly client: Client;
  readonly jobs: JobClient;
  readonly runs: OutsideRuns;
  readonly recurrences: Recurrences;
}

export function createBackend(client: Client, taskQueue: string | undefined): Backend {
  const jobs = new JobClient(client, taskQueue === undefined ? {} : { taskQueue });
  return { client, jobs, runs: new OutsideRuns(client), recurrences: new Recurrences(client, jobs) };
}

/** Facts of a job for pictures: of its bandit, of an export, of histories. */
import { dataConverterFor } from '../encryption/dataConverter';
import { unknownJob } from '../jobs/unknownJob';
import type { JobFacts } from '../plot/jobFacts';
import { isGone, latestLog } from '../replay/banditRuns';
import { joinedLog } from '../replay/joinedLog';
import { readReplaySources } from '../replay/replaySources';
import { withJobs, withPatientClient } from './connection';
import { encryptionOf } from './encryption';
import type { Session } from './session';

export interface FactSource {
  readonly job?: string;
  readonly history?: readonly string[];
}

export async function jobFacts(session: Session, { job, history }: FactSource): Promise<JobFacts> {
  const { factsOfJob, factsOfLog } = await import('../plot/jobFacts.js');
  if (history !== undefined) {
    const converter = await dataConverterFor(await encryptionOf(session.globals));
    return factsOfLog(await joinedLog(readReplaySources(history), converter));
  }
  return withJobs(session, async (jobs) => {
    const facts = await jobs.facts(job ?? '');
    return factsOfJob(facts, await jobs.ledger(job ?? ''));
  });
}

/** As many as the ledger has slots. */
const drawnDecisions = 100;

/** Out of a log always: a bandit keeps neither what was expected of its grid nor orders of long ago. */
export async function loggedFacts(session: Session, options: FactSource): Promise<JobFacts> {
  const { job } = options;
  if (job === undefined) return jobFacts(session, options);
  const { factsOfLog } = await import('../plot/jobFacts.js');
  return withPatientClient(session, async (client) => {
    const entries = await latestLog(client, job, drawnDecisions).catch((error: unknown) => {
      throw isGone(error) ? unknownJob(job) : error;
    });
    return factsOfLog(entries);
  });
}

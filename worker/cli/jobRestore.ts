/** `wattbandit job import --restore`: a job goes on where its export ends, as after a move to another server. */
import { WattbanditError } from '../errors';
import { readJobFile } from '../jobFile';
import { restoreFrom } from '../replay/restore';
import { withJobs } from './connection';
import { type ExitCode, exitCodes } from './failures';
import type { Session } from './session';

interface RestoreOptions {
  readonly job: string;
  readonly file: string;
  readonly jobFile: string;
  readonly paused?: boolean;
  readonly taskQueue?: string;
}

export async function restoreJob(session: Session, options: RestoreOptions): Promise<ExitCode> {
  const { job, file, jobFile, paused, taskQueue } = options;
  const spec = await readJobFile(jobFile);
  if (spec.job !== job)
    throw new WattbanditError('invalid', `Cannot restore job ${job}: ${jobFile} is of job ${spec.job}.`);
  const { input, verified } = await restoreFrom(file, spec);
  await withJobs(session, (jobs) => jobs.restore(input, { paused }), taskQueue);
  const { decisions, diverged } = verified;
  if (diverged > 0)
    session.output.complain(
      `This version would have decided ${diverged} of ${decisions} otherwise; \`wattbandit replay\` shows it.`,
    );
  session.output.one(
    { job, restored: true, decisions, diverged },
    () => `restored  ${job}  with ${decisions} decisions`,
  );
  return exitCodes.done;
}

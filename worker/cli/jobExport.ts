/** `wattbandit job export`: what a job knows, for another job, another server or another program. */
import type { Command } from 'commander';
import { exportLines } from '../export';
import { sealed } from '../exportFormat';
import { withJobs } from './connection';
import { writeNew } from './newFile';
import { type Session, action } from './session';
import { plainJson } from './text';

export function addJobExport(job: Command): void {
  job
    .command('export <job>')
    .description('write what the job has measured, observed and decided as JSON Lines')
    .option('--out <file>', 'into a new file instead of stdout')
    .action(action(exportJob));
}

async function exportJob(session: Session, job: string, { out }: { readonly out?: string }): Promise<void> {
  const text = await withJobs(session, async (jobs) => {
    // One after the other: had one failed, the other would go on retrying on a connection that is closed by then.
    const facts = await jobs.facts(job);
    const ledger = await jobs.ledger(job);
    const exportedAt = new Date().toISOString();
    return sealed(exportLines({ facts, ledger, exportedAt }).map((line) => plainJson(line)));
  });
  if (out === undefined) return void process.stdout.write(text);
  await writeNew(out, text);
  session.output.talk(`exported  ${job}  to ${out}`);
}

/** `wattbandit job export`: all that a job was told and decided, for another server, another job or another program. */
import type { Command } from 'commander';
import { jobIdPattern } from '../../workflows/contracts';
import { sealed } from '../exportFormat';
import { unknownJob } from '../jobs/unknownJob';
import { isGone } from '../replay/banditRuns';
import { exportedLog } from '../replay/exportedLog';
import { withClient } from './connection';
import { writeNew } from './newFile';
import { packageManifest } from '../manifest';
import { Progress } from './progress';
import { type Session, action } from './session';
import { plainJson } from './text';

interface ExportOptions {
  readonly out?: string;
  readonly anonymise?: boolean;
}

export function addJobExport(job: Command): void {
  job
    .command('export <job>')
    .description('write all that the job observed, was ordered and decided, and from what, as JSON Lines')
    .option('--out <file>', 'into a new file instead of stdout')
    .option('--anonymise', 'without names of the job, people, hosts and GPUs, and without what people wrote')
    .action(action(exportJob));
}

async function exportJob(session: Session, job: string, options: ExportOptions, command: Command): Promise<void> {
  if (!jobIdPattern.test(job)) command.error(`error: ${JSON.stringify(job)} is no name of a job`);
  const { out, anonymise = false } = options;
  const progress = new Progress(session.output);
  let missing = '';
  let lines = 0;
  await withClient(session, async (client) => {
    const entries = exportedLog(client, job, {
      anonymise,
      wattbandit: packageManifest().version,
      onRun: (done, total) => progress.say(`read ${done} of ${total} histories`),
      onMissing: (runId) => (missing = runId),
    });
    async function* texts() {
      for await (const entry of entries) {
        lines += 1;
        yield plainJson(entry);
      }
    }
    await write(sealed(texts()), out);
  })
    .catch((error: unknown) => {
      throw isGone(error) ? unknownJob(job) : error;
    })
    .finally(() => progress.clear());
  if (missing !== '') session.output.complain(missingText(job, missing));
  if (out !== undefined) session.output.talk(`exported  ${job}  ${lines} lines to ${out}`);
}

/** stdout may be slower than histories are read. */
async function write(text: AsyncIterable<string>, out: string | undefined): Promise<void> {
  if (out !== undefined) return writeNew(out, text);
  for await (const line of text)
    if (!process.stdout.write(line)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}

function missingText(job: string, runId: string): string {
  return `Histories of job ${job} up to run ${runId} are gone: the export begins with what the job remembered of them; export more often than the namespace's retention.`;
}

/** `wattbandit audit`: who overrode what, what was decided, who held which GPUs, as a file in which nothing can be changed unnoticed. */
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { jobIdPattern } from '../../workflows/contracts';
import { auditOf } from '../audit/audit';
import { chainStart } from '../audit/chain';
import { type AuditFile, auditText, readAudit } from '../audit/file';
import { WattbanditError } from '../errors';
import { unknownJob } from '../jobs/unknownJob';
import { withClient } from './connection';
import { type ExitCode, exitCodes } from './failures';
import { writeNew } from './newFile';
import { Progress } from './progress';
import { type Session, action } from './session';
import { plain } from './text';

interface ExportOptions {
  readonly out?: string;
  readonly since?: string;
}

interface VerifyOptions {
  readonly hash?: string;
}

export function addAudit(program: Command): void {
  const audit = program
    .command('audit')
    .description('what happened to a job, and on whose word, as a file that proves itself');
  audit
    .command('export <job>')
    .description('write overrides, refusals, decisions, observations, leases and restores as hash-chained JSON Lines')
    .option('--out <file>', 'into a new file instead of stdout')
    .option('--since <file>', 'an earlier export: write what came after it, and go on with its chain')
    .action(action(exportAudit));
  audit
    .command('verify <files...>')
    .description('check exports, each of which goes on from the one before; needs no Temporal')
    .option('--hash <hash>', 'what the last line of the last one must end in, as its export said')
    .action(action(verify));
}

async function exportAudit(session: Session, job: string, options: ExportOptions, command: Command) {
  if (!jobIdPattern.test(job)) command.error(`error: ${JSON.stringify(job)} is no name of a job`);
  const { out, since } = options;
  const earlier = since === undefined ? undefined : await earlierAudit(since, job);
  const progress = new Progress(session.output);
  const onProgress = (done: number, total: number) => progress.say(`read ${done} of ${total} histories`);
  const audit = await withClient(session, (client) =>
    auditOf(client, job, { readTo: earlier?.readTo, onProgress }),
  ).finally(() => progress.clear());
  if (!audit.found && earlier === undefined) throw unknownJob(job);
  if (audit.missing.length > 0) session.output.complain(missingText(job, audit.missing));
  const text = auditText({ job, exportedAt: new Date().toISOString(), audit, earlier });
  if (out === undefined) process.stdout.write(text);
  else await writeNew(out, text);
  const where = out === undefined ? '' : ` to ${out}`;
  session.output.talk(`exported  ${job}  ${audit.entries.length} entries${where}  hash ${hashOf(text)}`);
}

function missingText(job: string, missing: readonly string[]): string {
  return `Histories of job ${job} went before they were exported: ${missing.join(', ')}; export more often than the namespace's retention.`;
}

function hashOf(text: string): string {
  const read = readAudit(Buffer.from(text));
  if (read.ok) return read.file.hash;
  throw new Error(`an audit was written whose line ${read.line} is wrong: ${read.why}`);
}

async function earlierAudit(file: string, job: string): Promise<AuditFile> {
  const read = readAudit(await bytesOf(file));
  const why = read.ok ? whyNotOf(job, read.file) : `line ${read.line}: ${read.why}`;
  if (read.ok && why === undefined) return read.file;
  throw new WattbanditError('invalid', `Cannot go on from the audit ${file}: ${why}.`);
}

function whyNotOf(job: string, file: AuditFile): string | undefined {
  return file.job === job ? undefined : `it is of job ${file.job}`;
}

interface Checked extends AuditFile {
  readonly name: string;
}

async function verify({ output }: Session, names: readonly string[], { hash }: VerifyOptions): Promise<ExitCode> {
  const files: Checked[] = [];
  const broken = (file: string, line: number, why: string): ExitCode => {
    output.one(
      { ok: false, file, line, why },
      (style) => `${style.bad('broken')}  ${plain(file)}, line ${line}: ${why}`,
    );
    return exitCodes.checkFailed;
  };
  for (const name of names) {
    const read = readAudit(await bytesOf(name));
    if (!read.ok) return broken(name, read.line, read.why);
    const before = files.at(-1);
    const why = before && whyNotAfter(before, read.file);
    if (why !== undefined) return broken(name, 1, why);
    files.push({ ...read.file, name });
  }
  const last = files.at(-1);
  if (last !== undefined && hash !== undefined && last.hash !== hash)
    return broken(last.name, last.entries + 2, `its hash is ${last.hash}`);
  const told = files.map(({ readTo: _readTo, ...file }) => file);
  output.one({ ok: true, files: told }, (style) => files.map((file) => intact(style.good('intact'), file)).join('\n'));
  return exitCodes.done;
}

function whyNotAfter(before: Checked, { job, previous }: AuditFile): string | undefined {
  if (job !== before.job) return `it is of job ${job}, the one before it of job ${before.job}`;
  return previous === before.hash ? undefined : `it does not go on from ${before.name}`;
}

function intact(word: string, { name, job, entries, hash, previous }: Checked): string {
  const after = previous === chainStart ? '' : `  after ${previous}`;
  return `${word}  ${plain(name)}  job ${plain(job)}  ${entries} entries  hash ${hash}${plain(after)}`;
}

async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new WattbanditError('invalid', `Cannot read the audit ${file}: ${reason}.`, { cause });
  }
}

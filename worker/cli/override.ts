/** `wattbandit override`: the operator's word over the policy's, for the runs under way too. */
import { type Command, Option } from 'commander';
import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import type { Override } from '../../policy/override';
import type { ClearRequest, OverrideRequest } from '../../workflows/messages';
import { endText, orderText } from '../../workflows/orderText';
import { errnoOf } from '../errno';
import { WattbanditError } from '../errors';
import { type TokenCover, coveredToken } from '../coveredToken';
import { readSealKey } from '../sealKey';
import { withJobs } from './connection';
import { encryptionOf } from './encryption';
import { exitCodes } from './failures';
import { seconds } from './options';
import { tryOverride } from './overrideDryRun';
import { type OrderOptions, addOrderOptions, ordersOf } from './overrideOrder';
import { overrideRow, overrideRows, overrideTable, whoText } from './overrideRows';
import { type Session, action } from './session';
import { plain } from './text';

export interface WhoOptions {
  readonly reason: string;
  readonly who?: string;
  readonly tokenFile?: string;
  readonly sealKey?: string;
}

interface SetOptions extends OrderOptions, WhoOptions {
  readonly for?: number;
  readonly id?: string;
  readonly dryRun?: boolean;
}

export function addOverride(program: Command): void {
  const override = program
    .command('override')
    .description("the operator's word over the policy's, at once and in time");
  addWhoOptions(addOrderOptions(override.command('set <job>')))
    .description('override one thing; the newest of its kind wins, and all kinds hold beside each other')
    .option('--for <duration>', 'how long, as 90s, 10m or 6h; until it is cleared unless given', seconds)
    .option('--id <id>', 'told again under the same id, it counts once')
    .option('--dry-run', 'say what it would do, and do nothing')
    .action(action(set));
  override
    .command('list <job>')
    .description('list what holds, what waits behind something newer, and what was refused lately')
    .action(action(list));
  addWhoOptions(override.command('clear <job> [id]'))
    .description('end one override by its id, or all of them')
    .option('--all', 'all of them')
    .action(action(clear));
}

export function addWhoOptions(command: Command): Command {
  return command
    .requiredOption('--reason <text>', 'why, for those who look later')
    .option('--who <name>', 'who says so, where no token proves it (default: your user name)')
    .option('--token-file <file>', 'signed statement of the same, of your identity provider')
    .addOption(sealKeyOption());
}

async function set(session: Session, job: string, options: SetOptions) {
  const { output } = session;
  const [order, ...others] = ordersOf(options);
  if (order === undefined || others.length > 0) {
    output.complain('Nothing was done: say one thing to override, as --eta 0.8; `override set --help` lists them.');
    return exitCodes.usage;
  }
  const { id, for: lasting } = options;
  const request: OverrideRequest = {
    ...{ order, ...(await senderOf(session, options)) },
    ...(id === undefined ? {} : { id }),
    ...(lasting === undefined ? {} : { seconds: lasting }),
  };
  if (options.dryRun === true) return withJobs(session, (jobs) => tryOverride(output, jobs, { job, request }));
  const answer = await withJobs(session, (jobs) => jobs.setOverride(job, request));
  if (answer.kind === 'known') output.one({ job, result: 'known', id: answer.id }, () => `known  ${plain(answer.id)}`);
  else output.one({ job, result: 'set', ...overrideRow(answer.override, 'holding') }, () => setText(answer.override));
  return exitCodes.done;
}

function setText(override: Override): string {
  const { id, order } = override;
  return plain(`set  ${orderText(order)}, ${endText(override)}, by ${whoText(override)}; its id is ${id}`);
}

async function list(session: Session, job: string) {
  const book = await withJobs(session, (jobs) => jobs.overrides(job));
  const rows = overrideRows(book, new Date().toISOString());
  session.output.many('overrides', rows, (style) => overrideTable(rows, style));
}

async function clear(session: Session, job: string, id: string | undefined, options: WhoOptions & { all?: boolean }) {
  if ((id === undefined) !== (options.all === true)) {
    session.output.complain('Nothing was done: give the id of an override, or --all.');
    return exitCodes.usage;
  }
  const request: ClearRequest = { ...(await senderOf(session, options)), ...(id === undefined ? {} : { id }) };
  const cleared = await withJobs(session, (jobs) => jobs.clearOverride(job, request));
  session.output.one({ job, result: 'cleared', ids: cleared }, () =>
    cleared.length === 0 ? 'nothing was overridden' : cleared.map((each) => `cleared  ${plain(each)}`).join('\n'),
  );
  return exitCodes.done;
}

type Sender = Pick<ClearRequest, 'reason' | 'who' | 'token'>;

/** A token says itself who it is of. */
export async function senderOf({ globals }: Session, { reason, who, tokenFile, sealKey }: WhoOptions): Promise<Sender> {
  if (tokenFile === undefined) return { reason, who: who ?? userInfo().username };
  const token = await readToken(tokenFile);
  return { reason, token: await coveredToken(token, await coverOf(globals, sealKey), `the token in ${tokenFile}`) };
}

export async function coverOf(globals: Session['globals'], sealKey: string | undefined): Promise<TokenCover> {
  return {
    sealKey: sealKey === undefined ? undefined : await readSealKey({ file: sealKey }, 'public'),
    encrypted: (await encryptionOf(globals)) !== undefined,
  };
}

export function sealKeyOption(): Option {
  const option = new Option('--seal-key <file>', 'public key of the workers, for which tokens are encrypted');
  return option.env('WATTBANDIT_SEAL_KEY');
}

async function readToken(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new WattbanditError('invalid', `Cannot read the token in ${file}: ${errnoOf(cause)}.`, { cause });
  }
}

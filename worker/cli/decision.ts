/** `wattbandit decision`: what was decided in each slot, and why. */
import { type Command, Argument } from 'commander';
import type { Slot } from '../../workflows/messages';
import { WattbanditError } from '../errors';
import { withJobs } from './connection';
import { explanationOf } from './explanation';
import { explanationText } from './explanationText';
import { instant } from './numbers';
import { slot as slotArgument, wholeNumber } from './options';
import { type Session, action } from './session';
import { slotTable } from './slotTable';

export function addDecision(program: Command): void {
  const decision = program.command('decision').description('what was decided in each slot, and why');
  decision
    .command('list <job>')
    .description('list the latest slots, oldest first')
    .action(
      action(async (session, job: string) => {
        const { slots } = await withJobs(session, (jobs) => jobs.ledger(job));
        session.output.many('slots', slots, () => slotTable(slots));
      }),
    );
  decision
    .command('explain <job>')
    .addArgument(new Argument('[slot]', 'its instant; the last slot unless given').argParser(slotArgument))
    .option('--attempt <n>', 'which run of the slot', wholeNumber, 1)
    .description('explain a decision: what was considered, and why one batch size won')
    .action(action(explain));
}

async function explain(session: Session, job: string, slot: string | undefined, options: { attempt: number }) {
  const { attempts, at, explained } = await withJobs(session, async (jobs) => {
    const { slots } = await jobs.ledger(job);
    const { found, attempt } = find(job, slots, slot, options.attempt);
    return { attempts: found.attempts.length, at: found.slot, explained: await explanationOf(jobs, job, attempt) };
  });
  const { attempt } = options;
  session.output.one({ job, slot: at, attempt, attempts, ...explained }, (style) => {
    const which = `${instant(at)}, run ${attempt} of ${attempts}`;
    return explanationText({ job, which, explained }, style);
  });
}

function find(job: string, slots: readonly Slot[], slot: string | undefined, number: number) {
  const decided = slots.filter(({ attempts }) => attempts.length > 0);
  const found = slot === undefined ? decided.at(-1) : decided.find((at) => at.slot === slot);
  const attempt = found?.attempts[number - 1];
  if (found !== undefined && attempt !== undefined) return { found, attempt };
  const what = slot === undefined ? 'a decision' : `a decision for slot ${slot}`;
  const where = found === undefined ? known(decided) : `it has ${found.attempts.length} run(s)`;
  throw new WattbanditError(
    'notFound',
    `Cannot find ${what}${number > 1 ? `, run ${number},` : ''} of job ${job}: ${where}.`,
  );
}

function known(decided: readonly Slot[]): string {
  const [first] = decided;
  const last = decided.at(-1);
  if (first === undefined || last === undefined) return 'nothing was decided yet';
  return `its ledger holds ${first.slot} to ${last.slot}; older ones are in Temporal's history`;
}

/** `wattbandit decision`: what was decided in each slot, and why. */
import { type Command, Argument } from 'commander';
import type { Attempt, Slot } from '../../workflows/messages';
import { WattbanditError } from '../errors';
import { withJobs } from './connection';
import { candidateTable } from './decisionTable';
import { duration, energy, instant, watts } from './numbers';
import { slot as slotArgument, wholeNumber } from './options';
import { type Session, action } from './session';
import { slotTable } from './slotTable';
import { type Style, pairs } from './text';

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
  const { slots } = await withJobs(session, (jobs) => jobs.ledger(job));
  const { found, attempt } = find(job, slots, slot, options.attempt);
  const { decision, observation } = attempt;
  session.output.one(
    { job, slot: found.slot, attempt: options.attempt, attempts: found.attempts.length, decision, observation },
    (style) => explanationText(job, found, attempt, style),
  );
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

export function explanationText(job: string, slot: Slot, attempt: Attempt, style: Style): string {
  const { decision, observation } = attempt;
  const { eta, maxSlowdown, deadlineSeconds } = decision.objective;
  const bounds = [
    ...(maxSlowdown === undefined ? [] : [`at most ×${maxSlowdown} slower`]),
    ...(deadlineSeconds === undefined ? [] : [`within ${duration(deadlineSeconds)}`]),
  ];
  const limit = decision.powerLimitWatts === null ? 'profiled while it trains' : watts(decision.powerLimitWatts);
  const facts = pairs([
    ['Job', job],
    [
      'Slot',
      `${instant(slot.slot)}, run ${(observation ?? { attempt: slot.attempts.indexOf(attempt) + 1 }).attempt} of ${slot.attempts.length}`,
    ],
    ['Decision', `batch size ${decision.batchSize}, power limit ${limit} (${decision.mode}, by ${decision.policy})`],
    ['Because', decision.reason],
    ['Objective', [`η ${eta}`, ...bounds].join(', ')],
    [
      'Ceiling',
      decision.costCeilingJoules === null ? 'none' : `stopped above a cost of ${energy(decision.costCeilingJoules)}`,
    ],
    [
      'Outcome',
      observation === undefined
        ? 'not known yet'
        : `${observation.outcome} after ${observation.epochs} epochs, ${duration(observation.seconds)}, ${energy(observation.joules)} at ${watts(observation.powerLimitWatts)}`,
    ],
  ]);
  return [facts, '', style.bold('Considered'), candidateTable(decision)].join('\n');
}

/** `wattbandit job promote|demote`: how far a job is trusted, one step at a time. */
import { type Command, Option } from 'commander';
import { activeAt, standingOf } from '../../policy/override';
import { type TrustLevel, nextTrust, trustLevels } from '../../policy/trust';
import type { JobClient } from '../client';
import { exitCodes } from './failures';
import { seconds } from './options';
import { type WhoOptions, addWhoOptions, senderOf } from './override';
import { whoText } from './overrideRows';
import { type Session, action } from './session';
import { withJobs } from './connection';
import { plain } from './text';

interface TrustOptions extends WhoOptions {
  readonly to?: TrustLevel;
  readonly for?: number;
}

const steps = { promote: 1, demote: -1 } as const;

export const trustMeanings: Readonly<Record<TrustLevel, string>> = {
  shadow: 'nothing is changed; what would be is recorded',
  power: 'the power limit is tuned, the batch size stays the default',
  full: 'batch size and power limit are tuned',
};

export function addJobTrust(job: Command): void {
  addVerb(job, 'promote', 'trust a job with more: from shadow to power to full');
  addVerb(job, 'demote', 'trust a job with less: from full to power to shadow, for the runs under way too');
}

function addVerb(job: Command, verb: keyof typeof steps, description: string): void {
  addWhoOptions(job.command(`${verb} <job>`))
    .description(description)
    .addOption(new Option('--to <level>', 'this level; the next one unless given').choices(trustLevels))
    .option('--for <duration>', 'how long, as 90s, 10m or 6h; for good unless given', seconds)
    .action(action((session, name: string, options: TrustOptions) => move(session, { name, verb, options })));
}

interface Move {
  readonly name: string;
  readonly verb: keyof typeof steps;
  readonly options: TrustOptions;
}

async function move(session: Session, { name, verb, options }: Move) {
  const { output } = session;
  return withJobs(session, async (jobs) => {
    const from = await trustOf(jobs, name);
    const to = options.to ?? nextTrust(from, steps[verb]);
    if (to === undefined || (trustLevels.indexOf(to) - trustLevels.indexOf(from)) * steps[verb] <= 0) {
      output.complain(`Nothing was done: job ${name} is trusted at level ${from}: ${trustMeanings[from]}.`);
      return exitCodes.usage;
    }
    const lasting = options.for === undefined ? {} : { seconds: options.for };
    const order = { kind: 'trust', level: to } as const;
    const answer = await jobs.setOverride(name, { order, ...(await senderOf(session, options)), ...lasting });
    const by = answer.kind === 'applied' ? `, by ${whoText(answer.override)}` : '';
    const id = answer.kind === 'applied' ? answer.override.id : answer.id;
    output.one({ job: name, result: `${verb}d`, from, to, id, ...lasting }, () =>
      plain(`${verb}d  ${name} from ${from} to ${to}${by}: ${trustMeanings[to]}`),
    );
    return exitCodes.done;
  });
}

async function trustOf(jobs: JobClient, job: string): Promise<TrustLevel> {
  const { spec } = await jobs.facts(job);
  const { overrides } = await jobs.overrides(job);
  return standingOf(activeAt(overrides, new Date().toISOString()), spec.trust).trust;
}

/** `override set --dry-run`: what an override would do, without doing it. */
import type { Override } from '../../policy/override';
import type { Decision } from '../../policy/policy';
import { checkOverride } from '../../workflows/checkOrder';
import type { OverrideRequest } from '../../workflows/messages';
import { limitText } from '../../workflows/limitText';
import { endText, orderText } from '../../workflows/orderText';
import type { JobClient } from '../client';
import { WattbanditError } from '../errors';
import { exitCodes } from './failures';
import { outlookOf } from './outlook';
import type { Output } from './output';
import { overrideRow, whoText } from './overrideRows';
import { pairs } from './text';

export interface Tried {
  readonly job: string;
  readonly request: OverrideRequest;
}

/** Whether it would be believed is for the worker to say, and it keeps what it refuses; so it is not asked. */
export async function tryOverride(output: Output, jobs: JobClient, { job, request }: Tried) {
  // One after the other: had one failed, the other would go on retrying on a connection that is closed by then.
  const facts = await jobs.facts(job);
  const ledger = await jobs.ledger(job);
  const { overrides } = await jobs.overrides(job);
  try {
    checkOverride(request, facts.spec);
  } catch (cause) {
    throw new WattbanditError('invalid', cause instanceof Error ? cause.message : String(cause), { cause });
  }
  const override = asIfBelieved(request);
  const now = await outlookOf(facts, ledger, overrides);
  const then = await outlookOf(facts, ledger, [...overrides, override]);
  const outlook = { now: now && choiceOf(now), then: then && choiceOf(then) };
  output.one({ job, result: 'dry run', ...overrideRow(override, 'holding'), outlook }, () =>
    pairs([
      ['Would set', `${orderText(override.order)}, ${endText(override)}, by ${whoText(override)}`],
      ['Next now', now === null ? 'not known before the first run' : choiceText(now)],
      ['Next then', then === null ? 'not known before the first run' : choiceText(then)],
      ['Done', 'nothing: a dry run; whether the worker believes it is not known either'],
    ]),
  );
  return exitCodes.done;
}

function asIfBelieved({ id, order, reason, who, seconds, token }: OverrideRequest): Override {
  const setAt = new Date().toISOString();
  const expiresAt = seconds === undefined ? null : new Date(Date.now() + seconds * 1000).toISOString();
  const named = { id: id ?? 'dry-run', who: who ?? 'the token’s owner', signed: token !== undefined };
  return { ...named, order, reason, setAt, expiresAt };
}

const choiceOf = ({ batchSize, powerLimitWatts, mode, reason }: Decision) => ({
  ...{ batchSize, powerLimitWatts, mode, reason },
});

function choiceText(decision: Decision): string {
  return `batch size ${decision.batchSize}, power limit ${limitText(decision)} (${decision.mode})`;
}

/** What Temporal's UI shows of a job: the choice and why, how time and energy are weighed, operators' orders, the last decisions. */
import { type Override, activeAt } from '../policy/override';
import type { Decision, Withheld } from '../policy/policy';
import type { JobSpec } from './contracts';
import { limitText } from './limitText';
import { literal } from './markdown';
import type { Attempt, Ledger, OrderBook } from './messages';
import { endText, orderText } from './orderText';

export interface Shown {
  readonly spec: JobSpec;
  readonly ledger: Ledger;
  readonly book: OrderBook;
  readonly now: string;
}

const decisionsShown = 5;
/** A job with more batch sizes banned than this has other worries. */
const overridesShown = 20;

export function banditDetails(shown: Shown): string {
  const runs = shown.ledger.slots.flatMap(({ slot, attempts }) => attempts.map((attempt) => ({ slot, attempt })));
  const latest = runs.at(-1);
  const choice = latest === undefined ? ['Nothing was decided yet.'] : choiceOf(latest.attempt);
  return [...choice, totalsOf(shown), ...overridesOf(shown), ...refusalsOf(shown), ...lastOf(runs)].join('\n\n');
}

function choiceOf(attempt: Attempt): readonly string[] {
  const { decision } = attempt;
  const { batchSize, mode, reason, objective, grid, withheld } = decision;
  const weighed =
    grid === undefined
      ? `η ${objective.eta}; it follows no grid.`
      : `η ${rounded(grid.eta)}, intensity ${grid.signal === null ? 'not known' : rounded(grid.signal)}. ${literal(grid.explanation)}`;
  return [
    `**Now:** batch size **${batchSize}**, power limit **${limitOf(attempt)}** (${mode}). ${literal(reason)}`,
    ...(withheld === undefined ? [] : [wouldOf(withheld)]),
    `**Weighing:** ${weighed}`,
  ];
}

function wouldOf({ level, would }: Withheld): string {
  const { batchSize, mode } = would;
  return `**Trust ${level}:** at level full it would be batch size **${batchSize}**, power limit **${limitText(would)}** (${mode}).`;
}

/** What was held in the end, where it is known. */
function limitOf({ decision, observation }: Attempt): string {
  return limitText(observation?.powerLimitWatts ? { powerLimitWatts: observation.powerLimitWatts } : decision);
}

function totalsOf({ ledger: { totals } }: Shown): string {
  const { ran, skipped, failed } = totals.slots;
  const { quarantined, expired } = totals;
  return `**Slots:** ${ran} ran, ${skipped} skipped, ${failed} failed; ${quarantined} observations quarantined, ${expired} runs lost.`;
}

function overridesOf({ book: { overrides }, now }: Shown): readonly string[] {
  const active = activeAt(overrides, now);
  if (active.length === 0) return ['**Overrides:** none.'];
  const more = active.length > overridesShown ? [`- and ${active.length - overridesShown} more`] : [];
  return [['**Overrides:**', '', ...active.slice(0, overridesShown).map(overrideLine), ...more].join('\n')];
}

function overrideLine(override: Override): string {
  const { order, who, reason, signed } = override;
  return `- ${orderText(order)}, ${endText(override)}, by ${literal(who)}${signed ? '' : ' **UNSIGNED**'}: ${literal(reason)}`;
}

function refusalsOf({ book: { refused, counts } }: Shown): readonly string[] {
  const last = refused.at(-1);
  if (last === undefined) return [];
  const who = literal(last.who ?? 'unknown');
  return [
    `**Refused:** ${counts.refused}, the last one ${literal(last.order)} by ${who} at ${last.at}: ${literal(last.why)}`,
  ];
}

/** Temporal's UI leaves no space between the cells of a table. */
function lastOf(runs: readonly { readonly slot: string; readonly attempt: Attempt }[]): readonly string[] {
  if (runs.length === 0) return [];
  const lines = runs
    .slice(-decisionsShown)
    .toReversed()
    .map(({ slot, attempt }) => {
      const { batchSize, mode } = attempt.decision;
      return `- ${slot}: batch size ${batchSize}, ${limitOf(attempt)}, η ${etaOf(attempt.decision)}, ${mode}: **${outcomeOf(attempt)}**`;
    });
  return [['**Last decisions:**', '', ...lines].join('\n')];
}

const etaOf = ({ grid, objective }: Decision) => rounded(grid?.eta ?? objective.eta);

function outcomeOf({ observation, expired }: Attempt): string {
  return observation?.outcome ?? (expired === true ? 'lost' : 'under way');
}

const rounded = (value: number) => Number(value.toPrecision(3));

/** A decision explained to a person. */
import type { Decision, Withheld } from '../../policy/policy';
import { limitText } from '../../workflows/limitText';
import { candidateTable } from './decisionTable';
import type { Explained, RunnerUp } from './explanation';
import { duration, energy, watts } from './numbers';
import type { EtaRange } from './otherEta';
import { whoText } from './overrideRows';
import { type Style, pairs } from './text';

interface Explaining {
  readonly job: string;
  /** The slot and the run. */
  readonly which: string;
  readonly explained: Explained;
}

export function explanationText({ job, which, explained }: Explaining, style: Style): string {
  const { decision, observation, overrides, runnerUp, etaRange } = explained;
  const { grid } = decision;
  const facts = pairs([
    ['Job', job],
    ['Slot', which],
    [
      'Decision',
      `batch size ${decision.batchSize}, power limit ${limitText(decision)} (${decision.mode}, by ${decision.policy})`,
    ],
    ['Because', decision.reason],
    ...(decision.withheld === undefined ? [] : [['At full trust', wouldText(decision.withheld)] as const]),
    ['Facts', factsText(explained)],
    ['Objective', objectiveText(decision)],
    ...overrides.map((each) => ['Override', overrideText(each)] as const),
    ...(grid === undefined ? [] : [['Grid', gridText(grid)] as const]),
    ['Ceiling', ceilingText(decision)],
    ['Runner-up', runnerUpText(runnerUp)],
    ['Otherwise', otherwiseText(decision, etaRange)],
    ['Outcome', outcomeText(observation)],
  ]);
  return [facts, '', style.bold('Considered'), candidateTable(decision)].join('\n');
}

function factsText({ facts }: Explained): string {
  if (facts === null) return 'not known any more: Temporal has forgotten this part of its history';
  const { observations, inFlight, gpus } = facts;
  const open = inFlight.length === 0 ? '' : `; under way: batch size ${inFlight.join(', ')}`;
  return `${observations} observations, ${gpus.count} × ${gpus.model} of ${gpus.powerLimitsWatts.length} limits${open}`;
}

export function wouldText({ would }: Withheld): string {
  return `batch size ${would.batchSize}, power limit ${limitText(would)} (${would.mode})`;
}

function objectiveText({ objective: { eta, maxSlowdown, deadlineSeconds } }: Decision): string {
  const bounds = [
    ...(maxSlowdown === undefined ? [] : [`at most ×${maxSlowdown} slower`]),
    ...(deadlineSeconds === undefined ? [] : [`within ${duration(deadlineSeconds)}`]),
  ];
  return [`η ${eta}`, ...bounds].join(', ');
}

function overrideText(override: Explained['overrides'][number]): string {
  if (!('order' in override)) return `${override.id}, of which nothing else is known any more`;
  const { order, reason, expiresAt } = override;
  return `${order}, by ${whoText(override)}, ${expiresAt === null ? 'until cleared' : `until ${expiresAt}`}: ${reason}`;
}

function gridText({ signal, reference, eta, explanation }: NonNullable<Decision['grid']>): string {
  const known = (value: number | null) => (value === null ? 'not known' : String(Number(value.toPrecision(4))));
  return `signal ${known(signal)}, reference ${known(reference)}, η ${Number(eta.toPrecision(3))}. ${explanation}`;
}

function ceilingText({ costCeilingJoules }: Decision): string {
  return costCeilingJoules === null ? 'none' : `stopped above a cost of ${energy(costCeilingJoules)}`;
}

/** A choice that is tried may be expected to cost more than the one it may replace. */
function runnerUpText(runnerUp: RunnerUp | null): string {
  if (runnerUp === null) return 'none: nothing else was weighed';
  const { batchSize, predictedCostJoules, timesCost } = runnerUp;
  const times = timesCost === null ? '' : `, ×${timesCost.toFixed(2)} of the choice's`;
  return `batch size ${batchSize}, expected to cost ${energy(predictedCostJoules)}${times}`;
}

function otherwiseText({ batchSize, mode, withheld }: Decision, range: EtaRange | null): string {
  if (withheld !== undefined) return `another choice only above trust ${withheld.level}`;
  if (mode === 'pinned') return 'another choice only without the order that pins it';
  if (range === null) return 'not known: it cannot be decided again from what history has';
  const { by, fromEta, toEta, below, above } = range;
  const others = [
    ...(below === null ? [] : [`${below} below η ${Number(fromEta.toFixed(3))}`]),
    ...(above === null ? [] : [`${above} above η ${Number(toEta.toFixed(3))}`]),
  ];
  const how = by === 'table' ? 'approximately, by the table below' : 'decided again from the same facts';
  if (others.length === 0) return `batch size ${batchSize} under every η (${how})`;
  return `batch size ${others.join(', ')} (${how})`;
}

function outcomeText(observation: Explained['observation']): string {
  if (observation === undefined) return 'not known yet';
  const { outcome, epochs, seconds, joules, powerLimitWatts } = observation;
  return `${outcome} after ${epochs} epochs, ${duration(seconds)}, ${energy(joules)} at ${watts(powerLimitWatts)}`;
}

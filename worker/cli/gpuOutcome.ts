/** What `wattbandit gpu restore` says of one GPU, and how it ends. */
import { type Restored, isAlarming, sayRestored } from '../../activities/gpu/lease/outcome';
import type { LeaseListing } from '../../activities/gpu/lease/recover';
import { type ExitCode, exitCodes } from './failures';

/** What became of one GPU, or would. */
export type Outcome = Restored | Held | { readonly kind: 'nothing'; readonly uuid: string };

/** A living run's, which puts it back itself. */
interface Held {
  readonly kind: 'held';
  readonly uuid: string;
  readonly runId: string | null;
  readonly pid: number | null;
  readonly originalWatts: number | null;
}

export function heldBy({ uuid, holder, originalWatts }: Pick<LeaseListing, 'uuid' | 'holder' | 'originalWatts'>): Held {
  const { runId = null, pid = null } = holder ?? {};
  return { kind: 'held', uuid, runId, pid, originalWatts: originalWatts ?? null };
}

export function sayOutcome(outcome: Outcome, dryRun: boolean): string {
  const { kind, uuid } = outcome;
  switch (kind) {
    case 'held':
      return `GPU ${uuid}: run ${outcome.runId} (process ${outcome.pid}) holds it and puts its limit back itself.`;
    case 'nothing':
      return `GPU ${uuid}: nothing is to be put back.`;
    case 'restored':
      if (!dryRun) return sayRestored(outcome);
      return `GPU ${uuid}: would put the power limit back from ${outcome.fromWatts} W to ${outcome.watts} W.`;
    case 'foreign':
      return `${sayRestored(outcome)} \`wattbandit gpu restore --force ${uuid}\` puts it back.`;
    case 'already':
    case 'rebooted':
    case 'bad':
    case 'kept':
      return sayRestored(outcome);
  }
}

export function isNews({ kind }: Outcome): boolean {
  return kind !== 'held' && kind !== 'nothing';
}

/** 6 while a limit is still to be put back, 9 where a person has to decide, else 0. */
export function exitCodeFor(outcomes: readonly Outcome[]): ExitCode {
  if (outcomes.some(({ kind }) => kind === 'kept')) return exitCodes.unavailable;
  const alarming = outcomes.some((outcome) => isRestored(outcome) && isAlarming(outcome));
  return alarming ? exitCodes.conflict : exitCodes.done;
}

function isRestored(outcome: Outcome): outcome is Restored {
  return outcome.kind !== 'held' && outcome.kind !== 'nothing';
}

/** Makes the decisions of a log again, each from what was known when it was made. */
import { decideKnowing, learnedBy, policyFor } from '../../activities/decide';
import type { Decision } from '../../policy/policy';
import { sortImports } from '../../workflows/imports';
import { type Difference, type Likeness, firstDifference } from './difference';
import type { Decided, LogEntry } from './log';
import { type Recollection, after, begin, decideInputOf } from './recollection';

export interface Divergence extends Difference {
  readonly slot: string;
  readonly attempt: number;
  /** Of what was weighed while the run trained: when. */
  readonly at?: string;
}

export interface Verified {
  readonly decisions: number;
  /** Of these, how many are other ones now. */
  readonly diverged: number;
  readonly first: Divergence | null;
  /** Decisions compared to the last digit; the others were made by another version of Node, or nobody knows by which. */
  readonly exact: number;
}

export const nothingVerified: Verified = { decisions: 0, diverged: 0, first: null, exact: 0 };

/** One pass over a log, entry by entry: what it verified, and what the bandit knows at its end. */
export class Verification {
  private state: Recollection | undefined;
  /** The memory with all that was told, brought up to date with each entry instead of with each decision. */
  private memory: unknown;
  private sums: Verified = nothingVerified;

  get verified(): Verified {
    return this.sums;
  }

  /** Undefined before the log began. */
  get recollection(): Recollection | undefined {
    return this.state;
  }

  /** Facts are as they were recorded, whatever would be decided now. */
  take(entry: LogEntry): void {
    if (entry.type === 'begun') return this.begin(begin(entry.input));
    if (this.state === undefined) throw new Error('Cannot verify a log that does not say what it began with.');
    if (entry.type === 'decision') this.state = this.decide(this.state, entry);
    else if (entry.type === 'import') this.state = this.takeIn(this.state, entry);
    else this.learn(this.state, after(this.state, entry));
  }

  private begin(state: Recollection): void {
    this.state = state;
    this.memory = this.learned(state, state.known.memory, state.known.since);
  }

  private decide(state: Recollection, entry: Decided): Recollection {
    const answer = decideKnowing(this.memory, decideInputOf(state, entry));
    this.count(entry, this.differenceOf(entry, answer.decision, answer.memory));
    const folded = entry.folds === undefined ? {} : { memory: this.memory };
    return after(state, { ...entry, ...folded, ...(answer.grid === undefined ? {} : { grid: answer.grid }) });
  }

  private differenceOf({ decision, node, memory }: Decided, now: Decision, learned: unknown): Difference | undefined {
    const likeness = likenessOf(node);
    const other = firstDifference(decision, node === undefined ? likeThose(decision, now) : now, likeness);
    if (other !== undefined || memory === undefined) return other;
    return firstDifference(memory, learned, likeness, 'memory');
  }

  private count({ slot, request, node }: Decided, difference: Difference | undefined): void {
    const { decisions, diverged, exact, first } = this.sums;
    const divergence = difference && { slot, attempt: request.attempt, ...difference };
    this.sums = {
      decisions: decisions + 1,
      diverged: diverged + (divergence === undefined ? 0 : 1),
      exact: exact + (likenessOf(node) === 'exact' ? 1 : 0),
      first: first ?? divergence ?? null,
    };
  }

  private takeIn(state: Recollection, entry: Extract<LogEntry, { type: 'import' }>): Recollection {
    const { fresh } = sortImports(entry.observations, state.imported, state.known.spec);
    this.memory = this.learned(state, this.memory, fresh);
    return after(state, { ...entry, memory: this.memory });
  }

  private learn(before: Recollection, now: Recollection): void {
    const more = now.known.since.slice(before.known.since.length);
    if (more.length > 0) this.memory = this.learned(now, this.memory, more);
    this.state = now;
  }

  private learned({ known: { spec } }: Recollection, memory: unknown, since: Recollection['known']['since']): unknown {
    return learnedBy(policyFor(spec), { spec, memory, since });
  }
}

/** Version 0.1 left out what later ones tell besides. */
function likeThose(recorded: Decision, now: Decision): object {
  return Object.fromEntries(Object.entries(now).filter(([key]) => key in recorded));
}

/** Only what this very version of Node computed is the same to the last digit. */
export function likenessOf(node: string | undefined): Likeness {
  return node === process.versions.node ? 'exact' : 'close';
}

export function together(one: Verified, other: Verified): Verified {
  return {
    decisions: one.decisions + other.decisions,
    diverged: one.diverged + other.diverged,
    first: one.first ?? other.first,
    exact: one.exact + other.exact,
  };
}

/** The operator's word over the policy's: what may be said, which of it holds now, and what follows for a decision. */
import type { Job, Objective } from './facts';
import type { TrustLevel } from './trust';

/** What an operator may order. Watts are of one GPU. */
export type Order =
  | { readonly kind: 'pinBatchSize'; readonly batchSize: number }
  | { readonly kind: 'banBatchSize'; readonly batchSize: number }
  | { readonly kind: 'pinPowerLimit'; readonly powerLimitWatts: number }
  | { readonly kind: 'powerBound'; readonly powerLimitWatts: number }
  | { readonly kind: 'eta'; readonly eta: number }
  | { readonly kind: 'slowDownBound'; readonly maxSlowdown: number }
  /** Nothing new is tried, and what is observed meanwhile is still remembered: facts are facts. */
  | { readonly kind: 'pauseLearning' }
  /** As if wattbandit were not there: the default batch size at the highest limit. */
  | { readonly kind: 'pauseTuning' }
  /** Batch size and limit stay what they were last. */
  | { readonly kind: 'freeze' }
  /** Ends every pause and freeze. */
  | { readonly kind: 'resume' }
  /** How far the job is trusted from now on, whatever its file says. */
  | { readonly kind: 'trust'; readonly level: TrustLevel };

export interface Override {
  /** Unique: the same one told twice is one. */
  readonly id: string;
  readonly order: Order;
  readonly reason: string;
  readonly who: string;
  /** False where nobody proved who he is. */
  readonly signed: boolean;
  readonly setAt: string;
  /** Null: until it is cleared. */
  readonly expiresAt: string | null;
}

/** By when they were set; of one instant, by id. The last one wins. */
export function inOrder(overrides: readonly Override[]): readonly Override[] {
  return overrides.toSorted((a, b) => (a.setAt === b.setAt ? compare(a.id, b.id) : compare(a.setAt, b.setAt)));
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Those that hold at an instant: the newest of each kind, and of each banned size. */
export function activeAt(overrides: readonly Override[], at: string): readonly Override[] {
  const holding = new Map<string, Override>();
  for (const override of inOrder(overrides)) {
    if (override.expiresAt !== null && override.expiresAt <= at) continue;
    if (override.order.kind === 'resume') for (const kind of pauses) holding.delete(kind);
    else holding.set(subjectOf(override.order), override);
  }
  return [...holding.values()];
}

const pauses = ['pauseLearning', 'pauseTuning', 'freeze'] as const satisfies readonly Order['kind'][];

function subjectOf(order: Order): string {
  return order.kind === 'banBatchSize' ? `ban ${order.batchSize}` : order.kind;
}

/** The next instant at which one of them ends; null: none does. */
export function nextExpiry(active: readonly Override[]): string | null {
  const ends = active.flatMap(({ expiresAt }) => expiresAt ?? []).toSorted(compare);
  return ends[0] ?? null;
}

/** What the orders that hold mean together. */
export interface Standing {
  readonly pinnedBatchSize?: number;
  readonly bannedBatchSizes: readonly number[];
  readonly powerLimitWatts?: number;
  readonly maxPowerWatts?: number;
  readonly eta?: number;
  readonly maxSlowdown?: number;
  readonly exploration: boolean;
  readonly tuning: boolean;
  readonly frozen: boolean;
  readonly trust: TrustLevel;
}

/** `trust`: at which level the job began. */
export function standingOf(active: readonly Override[], trust: TrustLevel = 'full'): Standing {
  let standing: Standing = { bannedBatchSizes: [], exploration: true, tuning: true, frozen: false, trust };
  for (const { order } of active) standing = { ...standing, ...meaningOf(order, standing) };
  return standing;
}

function meaningOf(order: Order, { bannedBatchSizes }: Standing): Partial<Standing> {
  switch (order.kind) {
    case 'pinBatchSize':
      return { pinnedBatchSize: order.batchSize };
    case 'banBatchSize':
      return { bannedBatchSizes: [...bannedBatchSizes, order.batchSize] };
    case 'pinPowerLimit':
      return { powerLimitWatts: order.powerLimitWatts };
    case 'powerBound':
      return { maxPowerWatts: order.powerLimitWatts };
    case 'eta':
      return { eta: order.eta };
    case 'slowDownBound':
      return { maxSlowdown: order.maxSlowdown };
    case 'pauseLearning':
      return { exploration: false };
    case 'pauseTuning':
      return { tuning: false, exploration: false };
    case 'freeze':
      return { frozen: true, exploration: false };
    case 'trust':
      return { trust: order.level };
    case 'resume':
      return {};
  }
}

/** The job without what is banned. A default that is banned is replaced by the nearest size that is not; a ban of all bans nothing. */
export function jobUnder(job: Job, { bannedBatchSizes }: Standing): Job {
  const batchSizes = job.batchSizes.filter((size) => !bannedBatchSizes.includes(size));
  if (batchSizes.length === 0 || batchSizes.length === job.batchSizes.length) return job;
  const distance = (size: number) => Math.abs(Math.log2(size / job.defaultBatchSize));
  const nearest = batchSizes.reduce((best, size) => (distance(size) < distance(best) ? size : best));
  return { ...job, batchSizes, defaultBatchSize: nearest };
}

export function objectiveUnder(objective: Objective, { eta, maxSlowdown }: Standing): Objective {
  return {
    ...objective,
    ...(eta === undefined ? {} : { eta }),
    ...(maxSlowdown === undefined ? {} : { maxSlowdown }),
  };
}

/** What of it concerns a run that trains already. */
export type RunOrders = Pick<Standing, 'eta' | 'powerLimitWatts' | 'maxPowerWatts' | 'tuning'>;

export const noOrders: RunOrders = { tuning: true };

/** A run that is not trusted any more trains on as if wattbandit were not there. */
export function runOrdersOf({ eta, powerLimitWatts, maxPowerWatts, tuning, trust }: Standing): RunOrders {
  if (trust === 'shadow') return { tuning: false };
  return {
    tuning,
    ...(eta === undefined ? {} : { eta }),
    ...(powerLimitWatts === undefined ? {} : { powerLimitWatts }),
    ...(maxPowerWatts === undefined ? {} : { maxPowerWatts }),
  };
}

/** The selectable limit to hold where the policy would hold `chosenWatts`: pinned, bounded, or the highest where nothing is tuned. */
export function limitUnder(orders: RunOrders, chosenWatts: number, powerLimitsWatts: readonly number[]): number {
  const { tuning, powerLimitWatts = tuning ? chosenWatts : Infinity, maxPowerWatts = Infinity } = orders;
  const most = Math.min(powerLimitWatts, maxPowerWatts);
  const allowed = powerLimitsWatts.filter((watts) => watts <= most);
  return allowed.length > 0 ? Math.max(...allowed) : Math.min(...powerLimitsWatts);
}

/** Whether the limit is the operator's, so that there is nothing to be measured. */
export function fixesLimit({ tuning, powerLimitWatts, maxPowerWatts }: RunOrders): boolean {
  return !tuning || powerLimitWatts !== undefined || maxPowerWatts !== undefined;
}

/** Just-in-time profiling: measures each power limit, from high to low, in short windows while a run trains. No I/O. */
import type { PowerMeasurement } from '../../policy/facts';
import { isNear } from './lease/limits';
import { selectableFor } from './limitInForce';
import { type Circumstances, type WindowRules, drifted, mayAlias } from './profileWindow';
import { type Reading, measurementBetween } from './reading';

export interface ProfilePlan {
  readonly batchSize: number;
  readonly limitsWatts: readonly number[];
  /** Measured in earlier runs. */
  readonly known?: readonly PowerMeasurement[];
  readonly rules: WindowRules;
}

/**
 * settling → measuring → (next limit) settling … → the first limit again → done. A limit settles until the first reading after
 * its time; its window ends with the first reading that makes it long enough. A disturbed window begins anew, and is kept as
 * doubtful when it was disturbed too often.
 */
export interface Profiler {
  /** The limit that must be in force now; undefined once there is nothing more to measure. */
  readonly limitWatts: number | undefined;
  /** What this run measured. */
  readonly measurements: readonly PowerMeasurement[];
  /** All limits were measured, here or in earlier runs, as far as the hardware has them. */
  readonly isWhole: boolean;
  /** What is in force, and since when: a limit may be clamped, and setting it may take its time. */
  hold(inForceWatts: number, seconds: number): Profiler;
  advance(reading: Reading, circumstances?: Circumstances): Profiler;
  /** Nothing more is measured; what is missing makes it less than whole. */
  end(): Profiler;
}

/** How often the window of one limit begins anew. */
const mostRetries = 2;

interface State {
  /** From high to low; the one in turn is the first. */
  readonly left: readonly number[];
  readonly measurements: readonly PowerMeasurement[];
  /** The first limit is measured again. */
  readonly repeating: boolean;
  /** Limits above an out-of-band cap mean nothing today. */
  readonly capped: boolean;
  /** Since when it settles; counted anew from when it is first known to be in force. */
  readonly sinceSeconds: number;
  readonly isHeld: boolean;
  readonly start: Reading | undefined;
  readonly retries: number;
}

export function createProfiler(plan: ProfilePlan): Profiler {
  const known = (plan.known ?? []).map(({ powerLimitWatts }) => powerLimitWatts);
  const left = plan.limitsWatts.filter((watts) => !known.includes(watts)).toSorted((a, b) => b - a);
  const state = { left, measurements: [], repeating: false, capped: false };
  return profilerIn({ ...state, sinceSeconds: 0, isHeld: false, start: undefined, retries: 0 }, plan);
}

function profilerIn(state: State, plan: ProfilePlan): Profiler {
  const { left, measurements, repeating, capped } = state;
  const [limit] = left;
  return {
    limitWatts: limit,
    measurements,
    isWhole: !capped && (repeating || limit === undefined),
    end: () => profilerIn({ ...state, left: [], capped: capped || (limit !== undefined && !repeating) }, plan),
    hold: (watts, seconds) => profilerIn(limit === undefined ? state : held(state, plan, watts, seconds), plan),
    advance: (reading, circumstances = {}) =>
      profilerIn(limit === undefined ? state : advanced(state, plan, reading, circumstances), plan),
  };
}

/** A limit that another one stands for needs no window of its own. */
function held(state: State, plan: ProfilePlan, inForceWatts: number, seconds: number): State {
  const [limit = 0, ...others] = state.left;
  const stands = selectableFor(limit, inForceWatts, plan.limitsWatts);
  if (!isNear(stands, limit)) return { ...state, left: others, start: undefined, retries: 0, isHeld: false };
  return state.isHeld ? state : { ...state, isHeld: true, sinceSeconds: Math.max(state.sinceSeconds, seconds) };
}

function advanced(state: State, plan: ProfilePlan, reading: Reading, circumstances: Circumstances): State {
  const { rules } = plan;
  const { left, start, retries, sinceSeconds } = state;
  if (start === undefined && reading.seconds - sinceSeconds < rules.settleSeconds) return state;
  const reachable = left.filter(
    (watts) => watts <= (circumstances.enforcedWatts ?? Infinity) || isCap(watts, circumstances),
  );
  if (reachable[0] !== left[0]) return { ...settling(state, reading), left: reachable, capped: !state.repeating };
  const disturbed = circumstances.disturbed === true;
  if (disturbed && retries < mostRetries) return { ...settling(state, reading), retries: retries + 1 };
  const now = { ...state, start: start ?? reading, retries: disturbed ? spoilt : retries };
  if (start === undefined || reading.seconds - start.seconds < rules.windowSeconds) return now;
  const measured = measuredIn(now, plan, start, reading, circumstances);
  return measured === undefined ? now : afterWindow(now, plan, reading, measured);
}

/** In place of the retries: this window is disturbed and will be kept. */
const spoilt = mostRetries + 1;

function isCap(watts: number, { enforcedWatts = Infinity }: Circumstances): boolean {
  return isNear(watts, enforcedWatts);
}

function settling(state: State, { seconds }: Reading): State {
  return { ...state, start: undefined, sinceSeconds: seconds, isHeld: false };
}

function measuredIn(
  { left: [powerLimitWatts = 0], retries }: State,
  { batchSize, rules }: ProfilePlan,
  start: Reading,
  end: Reading,
  { iterationsPerEpoch }: Circumstances,
): PowerMeasurement | undefined {
  const measured = measurementBetween(start, end, { batchSize, powerLimitWatts, source: 'profile' });
  if (measured === undefined) return undefined;
  if (retries === spoilt) return { ...measured, doubt: 'disturbed' };
  return rules.aliases && mayAlias(measured, iterationsPerEpoch) ? { ...measured, doubt: 'aliasing' } : measured;
}

function afterWindow(state: State, { rules }: ProfilePlan, reading: Reading, measured: PowerMeasurement): State {
  const next: State = { ...settling(state, reading), left: state.left.slice(1), retries: 0 };
  const [first] = state.measurements;
  if (state.repeating) return { ...next, measurements: compared(state.measurements, measured) };
  const measurements = [...state.measurements, measured];
  // With one limit there is nothing in between that could drift.
  if (next.left.length > 0 || first === undefined || !rules.repeatsFirst) return { ...next, measurements };
  return { ...next, measurements, left: [first.powerLimitWatts], repeating: true };
}

/** The later measurement of the first limit counts: by then the run is warm, as it was for the others. */
function compared([first, ...others]: readonly PowerMeasurement[], again: PowerMeasurement) {
  if (first === undefined || !drifted(first, again)) return [again, ...others];
  return [again, ...others].map((at): PowerMeasurement => ({ doubt: 'drift', ...at }));
}

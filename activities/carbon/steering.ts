/** From what is known of a job, its run and its grid to the question that the policy answers in each slot. Pure. */
import type { WeighContext } from '../../policy/carbon';
import type { PowerMeasurement } from '../../policy/facts';
import type { Steering } from '../../policy/gridDecision';
import { type SignalDigest, highestOfDayBefore } from '../../policy/signalDigest';
import { budgetReferenceOf, referenceOf } from '../../policy/signalReference';
import type { GridView } from './gridWatch';

/** What the signal is compared with by a run that begins, or began, at an instant; null: not known yet. */
export function referenceFor(
  { policy, budget }: Pick<Steering, 'policy' | 'budget'>,
  known: SignalDigest,
  beganAt: string,
): number | null {
  if (policy === 'chase') return highestOfDayBefore(known, beganAt);
  return budget === null ? referenceOf(known.reference) : budgetReferenceOf(known.reference);
}

export interface Standing {
  readonly epochs: number;
  readonly seconds: number;
}

export interface Sight {
  readonly steering: Steering;
  readonly view: GridView;
  readonly known: SignalDigest | null;
  /** Of the running batch size. */
  readonly profile: readonly PowerMeasurement[];
  readonly standing: Standing;
}

export function contextOf(sight: Sight): WeighContext {
  const { policy, reference, budget, staleAfterSeconds } = sight.steering;
  const { at, reading, forecast, unit, slotSeconds } = sight.view;
  const forecaster = sight.known?.forecaster ?? null;
  const signals = { at, reading, forecast, forecaster, staleAfterSeconds, slotSeconds };
  return { ...signals, policy, unit, reference, budget, ...timesOf(sight) };
}

/** What is left to do, in seconds at the fastest limit, and how long it may take. A run longer than expected has nothing left to spare. */
function timesOf({ steering, profile, standing }: Sight): Pick<WeighContext, 'workSeconds' | 'leftSeconds'> {
  const { expectedEpochs, strictSlowdown } = steering;
  if (expectedEpochs === null || profile.length === 0) return { workSeconds: null, leftSeconds: null };
  const fastest = Math.min(...profile.map(({ secondsPerEpoch }) => secondsPerEpoch));
  const workSeconds = Math.max(0, expectedEpochs - standing.epochs) * fastest;
  if (strictSlowdown === null) return { workSeconds, leftSeconds: null };
  const wholeSeconds = (1 + strictSlowdown) * expectedEpochs * fastest;
  return { workSeconds, leftSeconds: Math.max(0, wholeSeconds - standing.seconds) };
}

/** What the carbon timer has done on the host that trains, as local activities of its process: look and weigh, hold a limit. */
import { type WeighContext, type WeighFacts, type Weighed, weigh } from '../../policy/carbon';
import type { Steering } from '../../policy/gridDecision';
import type { SignalDigest } from '../../policy/signalDigest';
import type { RunsUnderWay, SteerableRun } from '../training/underWay';
import type { GridView, GridWatch } from './gridWatch';
import { contextOf, referenceFor } from './steering';

export interface WeighRequest {
  /** The run's key in the process that trains it. */
  readonly run: string;
  readonly steering: Steering;
}

/** What was weighed, so that it can be weighed again. 2 kB of history a slot, or 6 kB with a forecast of 48 slots. */
export interface WeighKnew {
  readonly facts: WeighFacts;
  readonly context: WeighContext;
  /** Version of Node: another one may compute the last digit differently. */
  readonly node: string;
}

/** `nextSeconds`: when to ask again. Histories of version 0.2 lack what it `knew`. */
export type WeighAnswer =
  | (Weighed & { readonly kind: 'weighed'; readonly nextSeconds: number; readonly knew?: WeighKnew })
  /** The run has not begun here, or its limits are still being measured. */
  | { readonly kind: 'waiting'; readonly nextSeconds: number };

const waitingSeconds = 10;
/** After a slot began, for its provider to tell of it; a fiftieth of short slots. */
const lateSeconds = 5;

export interface SteerHardware {
  readonly watch: GridWatch | undefined;
  readonly underWay: RunsUnderWay;
}

export function createSteerActivities({ watch, underWay }: SteerHardware) {
  return {
    /** Never fails for want of a provider: what is not known weighs nothing. */
    async weighRun({ run: key, steering }: WeighRequest): Promise<WeighAnswer> {
      const run = underWay.find(key);
      if (watch === undefined) return { kind: 'waiting', nextSeconds: waitingSeconds };
      const waiting = { kind: 'waiting', nextSeconds: Math.min(waitingSeconds, watch.facts.slotSeconds) } as const;
      if (run === undefined) return waiting;
      const view = await watch.view();
      const perKwh = view.reading?.value ?? null;
      const status = view.reading?.status ?? 'unknown';
      if (run.limitProfile.length === 0) {
        run.note({ eta: steering.eta, perKwh, status });
        return waiting;
      }
      const weighed = weighNow(run, steering, view);
      run.note({ eta: weighed.eta, perKwh, status });
      return { kind: 'weighed', ...weighed, nextSeconds: secondsToNextSlot(view) };
    },

    /** False where the run may not be steered now, or has ended. */
    async holdRun(key: string, watts: number): Promise<boolean> {
      return (await underWay.find(key)?.hold(watts)) ?? false;
    },
  };
}

export type SteerActivities = ReturnType<typeof createSteerActivities>;

function weighNow(run: SteerableRun, steering: Steering, view: GridView): Weighed & { readonly knew: WeighKnew } {
  const { limitProfile: profile, maxPowerWatts, pace, progress: standing, orders } = run;
  const reference = referenceNow(steering, view.digest);
  // The operator's η is the last word on it.
  const { eta = steering.eta } = orders;
  const policy = orders.eta === undefined ? steering.policy : 'static';
  const budget = orders.eta === undefined ? steering.budget : null;
  const sight = { steering: { ...steering, policy, budget, reference }, view, known: view.digest, profile, standing };
  const [facts, context] = [{ profile, eta, maxPowerWatts, pace }, contextOf(sight)];
  return { ...weigh(facts, context), knew: { facts, context, node: process.versions.node } };
}

const enoughDays = 27;

/** Chase keeps that of the run's start; else the host's, unless it has seen too little and the job knows more. */
function referenceNow(steering: Steering, known: SignalDigest): number | null {
  const { policy, reference } = steering;
  if (policy === 'chase') return reference;
  // Of the year that a budget compares with, a host knows little.
  const isEnough = steering.budget === null && known.reference.days.length >= enoughDays;
  const own = referenceFor(steering, known, '');
  return isEnough ? own : (reference ?? own);
}

function secondsToNextSlot({ at, slotSeconds }: GridView): number {
  const into = (Date.parse(at) / 1000) % slotSeconds;
  return slotSeconds - into + Math.min(lateSeconds, slotSeconds / 50);
}

/** The decision of a job that follows its grid, and what is remembered for the next one. Pure. */
import { type Weighed, weigh } from '../../policy/carbon';
import { maxPowerWatts } from '../../policy/cost';
import type { Steering } from '../../policy/gridDecision';
import { type BudgetWish, type GridMemory, adopt, emptyGridMemory, rememberRun } from '../../policy/gridMemory';
import { etaInSlot } from '../../policy/gridWeight';
import type { Decision } from '../../policy/policy';
import { digest } from '../../policy/signalDigest';
import { signalNow } from '../../policy/signals';
import { pacedEta, priceFactor } from '../../policy/slowdownBudget';
import type { JobSpec } from '../../workflows/contracts';
import type { AskRequest, Facts } from '../../workflows/messages';
import { recurrencesAYear } from '../slots';
import type { GridView } from './gridWatch';
import { contextOf, referenceFor } from './steering';

/** The memory with what the host tells now and what runs told since. */
export function gridMemoryOf({ spec, grid = emptyGridMemory, since }: Facts, view: GridView): GridMemory {
  const remembered = since.reduce(rememberRun, grid);
  const adopted = adopt(remembered, view.digest, wishOf(spec, view));
  if (view.reading === null || adopted.digest === null) return adopted;
  return { ...adopted, digest: digest(adopted.digest, [view.reading]) };
}

function wishOf({ carbon, objective, schedule }: JobSpec, { at }: GridView): BudgetWish | null {
  // Where no run may exceed it, nothing is left to be shared out over many.
  if (carbon?.slowdown === undefined || carbon.strict) return null;
  return { slowdown: carbon.slowdown, eta: objective.eta, runs: recurrencesAYear(schedule, new Date(at)) };
}

export interface GridQuestion {
  readonly spec: JobSpec;
  readonly carbon: NonNullable<JobSpec['carbon']>;
  readonly request: AskRequest;
  readonly view: GridView;
  readonly memory: GridMemory;
  /** False where nothing may move the limit of the run once it trains. */
  readonly mayTimer: boolean;
}

/** `decideAt` decides under an η. */
export function decideUnderGrid(question: GridQuestion, decideAt: (eta: number) => Decision): Decision {
  const { spec, view, memory, mayTimer } = question;
  const own = decideAt(spec.objective.eta);
  const { powerLimitWatts, ...weighed } = weighAtStart(question, own);
  const kind = mayTimer && view.steers && !endsWithinSlot(own, view) ? 'timer' : 'start';
  const chosen = kind === 'start' ? decideAt(weighed.eta) : own;
  const factor = memory.budget === null ? 1 : priceFactor(memory.budget);
  const grid = { kind, ...weighed, priceFactor: factor, steering: steeringOf(question, chosen) } as const;
  if (kind === 'start' || own.powerLimitWatts === null) return { ...chosen, grid };
  // The timer would set this limit in its first tick; so the run begins with it.
  return { ...chosen, grid, powerLimitWatts };
}

/** Before anything converged nobody knows how long it will be. */
function endsWithinSlot(decision: Decision, { at, slotSeconds }: GridView): boolean {
  const seconds = candidateOf(decision)?.predictedSeconds ?? Infinity;
  return seconds <= slotSeconds - ((Date.parse(at) / 1000) % slotSeconds);
}

function candidateOf({ considered, batchSize }: Decision) {
  return considered.find((candidate) => candidate.batchSize === batchSize);
}

function steeringOf({ spec, carbon, memory, view }: GridQuestion, decision: Decision): Steering {
  const { policy, staleAfter: staleAfterSeconds, slowdown = null, strict } = carbon;
  return {
    policy,
    eta: spec.objective.eta,
    budget: memory.budget,
    reference: memory.digest === null ? null : referenceFor({ policy, budget: memory.budget }, memory.digest, view.at),
    staleAfterSeconds,
    expectedEpochs: candidateOf(decision)?.predictedEpochs ?? null,
    strictSlowdown: strict ? slowdown : null,
  };
}

function weighAtStart(question: GridQuestion, decision: Decision): Weighed {
  const { request, view, memory } = question;
  const steering = steeringOf(question, decision);
  const profile = decision.powerLimitWatts === null ? [] : (decision.profiled ?? []);
  const sight = { steering, view, known: memory.digest, profile, standing: { epochs: 0, seconds: 0 } };
  const context = contextOf(sight);
  const run = { profile, eta: steering.eta, maxPowerWatts: maxPowerWatts(request.gpus) };
  if (profile.length > 0) return weigh({ ...run, pace: decision.pace }, context);
  // Without a profile only the ratio of the signal counts, and no limit follows from it.
  const { value: signal, from: signalFrom } = signalNow(context);
  const { budget } = steering;
  const { reference } = context;
  const paced = budget === null ? run : { ...run, eta: pacedEta(budget) };
  const eta = etaInSlot(paced, steering.policy, { now: signal, atEnd: null, reference });
  const powerLimitWatts = Math.max(...request.gpus.powerLimitsWatts);
  const told = signal === null ? 'an unknown signal' : `${signal.toPrecision(3)} ${view.unit}`;
  const explanation = `With ${told} η is ${eta.toPrecision(3)}; the power limits are measured first.`;
  return { eta, powerLimitWatts, signal, signalFrom, reference, explanation };
}

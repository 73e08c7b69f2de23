/** Under which η a decision would have been another one: the policy decides again from the same facts, or the table is read anew. */
import { type DecideInput, createDecideActivities } from '../../activities/decide';
import { maxPowerWatts } from '../../policy/cost';
import type { Override } from '../../policy/override';
import type { Candidate, Decision } from '../../policy/policy';

/** From `fromEta` to `toEta` the choice stays what it was. */
export interface EtaRange {
  /** `decided again`: exact to a thousandth; `table`: as if the limits stayed, and nothing but cost counted. */
  readonly by: 'decided again' | 'table';
  readonly fromEta: number;
  readonly toEta: number;
  /** What would have been chosen just beyond; null: η ends there. */
  readonly below: number | null;
  readonly above: number | null;
}

export type DecideAt = (eta: number) => Promise<Decision>;

/** `held`: the overrides that held. The grid only moves η, so it is left out, and its η put in. */
export function decideAgain(input: DecideInput, held: readonly Override[]): DecideAt {
  const activities = createDecideActivities();
  const { grid: _, ...request } = input.request;
  return async (eta) => {
    const spec = { ...input.spec, objective: { ...input.spec.objective, eta }, carbon: undefined };
    const overrides = held
      .filter(({ order }) => order.kind !== 'eta')
      .map((override) => ({ ...override, expiresAt: null }));
    return (await activities.decide({ ...input, spec, request, overrides, at: '' })).decision;
  };
}

/** The same choice for the same reasons? */
export function isSame(one: Decision, other: Decision): boolean {
  const essence = ({ batchSize, mode, considered }: Decision) => JSON.stringify({ batchSize, mode, considered });
  return essence(one) === essence(other);
}

export async function etaRange(decideAt: DecideAt, { batchSize, objective: { eta } }: Decision): Promise<EtaRange> {
  const chosenAt = async (at: number) => (await decideAt(at)).batchSize;
  const below = await nextChoice(chosenAt, { batchSize, eta, end: 0 });
  const above = await nextChoice(chosenAt, { batchSize, eta, end: 1 });
  return {
    by: 'decided again',
    ...{ fromEta: below.eta, below: below.batchSize, toEta: above.eta, above: above.batchSize },
  };
}

interface Search {
  readonly batchSize: number;
  readonly eta: number;
  readonly end: 0 | 1;
}

/** Steps are as wide as a change of choice is hardly ever narrow. */
const steps = 50;
const closeEnough = 0.001;

/** The first other choice between an η and an end of the range; null: there is none. */
async function nextChoice(chosenAt: (eta: number) => Promise<number>, { batchSize, eta, end }: Search) {
  for (let step = 1; step <= (eta === end ? 0 : steps); step++) {
    let same = eta + ((step - 1) / steps) * (end - eta);
    let other = eta + (step / steps) * (end - eta);
    let chosen = await chosenAt(other);
    if (chosen === batchSize) continue;
    while (Math.abs(other - same) > closeEnough) {
      const middle = (same + other) / 2;
      const there = await chosenAt(middle);
      if (there === batchSize) same = middle;
      else [other, chosen] = [middle, there];
    }
    return { eta: other, batchSize: chosen };
  }
  return { eta: end, batchSize: null };
}

/** The cheapest of the other ones. */
export function runnerUpOf({ considered, batchSize }: Decision): Candidate | null {
  return considered
    .filter((candidate) => candidate.batchSize !== batchSize && candidate.predictedCostJoules !== null)
    .reduce<Candidate | null>((best, each) => (best === null || costOf(each) < costOf(best) ? each : best), null);
}

const costOf = ({ predictedCostJoules }: Candidate) => predictedCostJoules ?? Infinity;

/** Where the two cost the same, as cost is linear in η; null where they do not within [0, 1], or too little is known. */
export function crossingEta(decision: Decision, gpus: Parameters<typeof maxPowerWatts>[0]): number | null {
  const { eta } = decision.objective;
  const chosen = decision.considered.find(({ batchSize }) => batchSize === decision.batchSize);
  const other = runnerUpOf(decision);
  if (chosen === undefined || other === null || eta === 0) return null;
  const time = (candidate: Candidate) => maxPowerWatts(gpus) * (candidate.predictedSeconds ?? Number.NaN);
  const energy = (candidate: Candidate) => (costOf(candidate) - (1 - eta) * time(candidate)) / eta;
  const slower = time(other) - time(chosen);
  const crossing = slower / (slower - (energy(other) - energy(chosen)));
  return crossing >= 0 && crossing <= 1 ? crossing : null;
}

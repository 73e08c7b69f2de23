/** All that explains one decision: what went in, what was expected, what came second, and what would have changed the choice. */
import type { Gpus, Observation } from '../../policy/facts';
import type { Override } from '../../policy/override';
import type { Decision } from '../../policy/policy';
import type { Attempt } from '../../workflows/messages';
import type { JobClient } from '../client';
import type { RecalledDecide } from '../replay/recalledDecide';
import { type EtaRange, crossingEta, decideAgain, etaRange, isSame, runnerUpOf } from './otherEta';
import { type OverrideRow, overrideRow } from './overrideRows';

export interface RunnerUp {
  readonly batchSize: number;
  readonly predictedCostJoules: number | null;
  /** Its predicted cost over that of the choice; null where one of them is not known. */
  readonly timesCost: number | null;
}

export interface Explained {
  readonly decision: Decision;
  readonly observation?: Observation;
  /** Null once Temporal's history has forgotten what went in. */
  readonly facts: { readonly observations: number; readonly inFlight: readonly number[]; readonly gpus: Gpus } | null;
  /** Those that held; of some only the id is known any more. */
  readonly overrides: readonly (OverrideRow | { readonly id: string })[];
  readonly runnerUp: RunnerUp | null;
  readonly etaRange: EtaRange | null;
}

export async function explanationOf(jobs: JobClient, job: string, attempt: Attempt): Promise<Explained> {
  const { decision, observation } = attempt;
  const recalled = await jobs.recallDecide(job, decision.id);
  const { overrides: remembered, past = [] } = await jobs.overrides(job);
  const known = [...remembered, ...past, ...(recalled?.overrides ?? [])];
  const held = (decision.overrides ?? []).map((id) => known.find((each) => each.id === id) ?? { id });
  return {
    decision,
    ...(observation === undefined ? {} : { observation }),
    facts: recalled === undefined ? null : factsOf(recalled),
    overrides: held.map((each) => ('order' in each ? overrideRow(each, 'holding') : each)),
    runnerUp: comparedWith(decision),
    etaRange: recalled === undefined ? null : await rangeOf(recalled, decision, held),
  };
}

function factsOf({ input: { request, inFlight }, counted }: RecalledDecide) {
  return { observations: counted, inFlight, gpus: request.gpus };
}

function comparedWith(decision: Decision): RunnerUp | null {
  const second = runnerUpOf(decision);
  if (second === null) return null;
  const { batchSize, predictedCostJoules } = second;
  const chosen = decision.considered.find((each) => each.batchSize === decision.batchSize)?.predictedCostJoules ?? null;
  const timesCost = chosen === null || predictedCostJoules === null ? null : predictedCostJoules / chosen;
  return { batchSize, predictedCostJoules, timesCost };
}

/** Deciding again counts only if it gives the decision that was made; else the table has to do. */
async function rangeOf(
  { input }: RecalledDecide,
  decision: Decision,
  held: readonly (Override | { readonly id: string })[],
): Promise<EtaRange | null> {
  const decideAt = decideAgain(
    input,
    held.flatMap((each) => ('order' in each ? [each] : [])),
  );
  if (isSame(await decideAt(decision.objective.eta), decision)) return etaRange(decideAt, decision);
  const crossing = crossingEta(decision, input.request.gpus);
  const second = runnerUpOf(decision);
  if (crossing === null || second === null) return null;
  const other = second.batchSize;
  return crossing < decision.objective.eta
    ? { by: 'table', fromEta: crossing, below: other, toEta: 1, above: null }
    : { by: 'table', fromEta: 0, below: null, toEta: crossing, above: other };
}

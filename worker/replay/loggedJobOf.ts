/** A log as another policy can play it: who ran what under which terms, and what came of it. */
import { jobFor } from '../../activities/decide';
import { emissionsOf, joulesPerKwh } from '../../policy/emissions';
import { type Gpus, type Observation, teachingFailures } from '../../policy/facts';
import { type Override, standingOf } from '../../policy/override';
import { SimulationError } from '../../simulation/error';
import type { LoggedJob, LoggedRecurrence } from '../../simulation/loggedJob';
import type { Decided, LogEntry } from './log';

interface Run {
  readonly decided: Decided;
  readonly observation: Observation;
}

/** Of the GPU model that most runs had. @throws SimulationError if no run of the log ended */
export function loggedJobOf(entries: readonly LogEntry[]): LoggedJob {
  const [begun] = entries;
  if (begun?.type !== 'begun') throw new SimulationError('Cannot replay a log that does not say what it began with.');
  const { spec, since, ledger } = begun.input;
  const runs = runsIn(entries);
  const gpus = mostFrequent(runs.map(({ decided }) => decided.request.gpus));
  const isHere = ({ observation: { gpuModel } }: Run) => gpuModel === gpus.model;
  const imported = entries.flatMap((entry) => (entry.type === 'import' ? entry.observations : []));
  const earlier =
    ledger?.slots.flatMap(({ attempts }) => attempts.flatMap(({ observation }) => observation ?? [])) ?? [];
  const others = runs.filter((run) => !isHere(run)).map(({ observation }) => observation);
  const { maxSlowdown, deadline: deadlineSeconds } = spec.objective;
  const here = runs.filter(isHere);
  const counted = here.filter(({ observation }) => teaches(observation));
  const orders = [...(begun.input.orders?.overrides ?? []), ...overridesIn(entries)];
  return {
    ...{ job: jobFor(spec), gpus, bounds: { maxSlowdown, deadlineSeconds }, attempts: spec.attempts },
    recurrences: recurrencesOf(counted, orders),
    elsewhere: [...earlier.filter(({ id }) => since.every((of) => of.id !== id)), ...since, ...imported, ...others],
    leftOut: [
      ...leftOut(here.length - counted.length, 'that were lost or stopped and say nothing of a batch size'),
      ...leftOut(others.length, `on other GPU models than ${gpus.model}`),
      ...(begun.input.ledger === undefined ? [] : ['What was told before the oldest history is known in sums only.']),
      ...(orders.length === 0
        ? []
        : ['Operators’ pins of a batch size and of η hold here too; their other orders do not.']),
    ],
  };
}

function leftOut(count: number, which: string): readonly string[] {
  return count === 0 ? [] : [`${count} runs ${which} are left out.`];
}

function overridesIn(entries: readonly LogEntry[]): readonly Override[] {
  return entries.flatMap((entry) => (entry.type === 'override' ? [entry.override] : []));
}

function recurrencesOf(runs: readonly Run[], orders: readonly Override[]): readonly LoggedRecurrence[] {
  const slots = new Map<string, Run[]>();
  for (const run of runs) {
    const { slot } = run.decided;
    slots.set(slot, [...(slots.get(slot) ?? []), run]);
  }
  return [...slots].flatMap(([slot, of]) => {
    const [first] = of;
    return first === undefined ? [] : [recurrenceOf(slot, first.decided, of, orders)];
  });
}

function recurrenceOf(slot: string, { decision }: Decided, of: readonly Run[], orders: readonly Override[]) {
  const runs = of.map(({ observation }) => observation);
  const held = (decision.overrides ?? []).flatMap((id) => orders.find((order) => order.id === id) ?? []);
  const { pinnedBatchSize } = standingOf(held);
  const pinned = pinnedBatchSize === undefined ? {} : { pinnedBatchSize };
  return { slot, eta: decision.objective.eta, ...pinned, runs, gramsPerKwh: gramsPerKwhOf(runs) };
}

/** A price tells nothing of carbon. */
function gramsPerKwhOf(runs: readonly Observation[]): number | null {
  const known = runs.flatMap(({ grid, joules }) =>
    grid === undefined || grid.kind === 'price' ? [] : [emissionsOf(joules, grid.intervals)],
  );
  const joules = known.reduce((sum, one) => sum + one.knownJoules, 0);
  return joules > 0 ? (known.reduce((sum, one) => sum + one.amount, 0) / joules) * joulesPerKwh : null;
}

function runsIn(entries: readonly LogEntry[]): readonly Run[] {
  const decided = new Map(
    entries.flatMap((entry) => (entry.type === 'decision' ? [[entry.request.id, entry] as const] : [])),
  );
  return entries.flatMap((entry) => {
    if (entry.type !== 'observation' || entry.quarantinedBecause !== undefined) return [];
    const found = decided.get(entry.observation.id);
    return found === undefined ? [] : [{ decided: found, observation: entry.observation }];
  });
}

function teaches({ outcome }: Observation): boolean {
  return outcome === 'converged' || teachingFailures.includes(outcome);
}

function mostFrequent(all: readonly Gpus[]): Gpus {
  const count = (model: string) => all.filter((gpus) => gpus.model === model).length;
  const latest = new Map(all.map((gpus) => [gpus.model, gpus]));
  const [most] = [...latest.values()].toSorted((a, b) => count(b.model) - count(a.model));
  if (most === undefined) throw new SimulationError('Cannot replay a log under another policy: no run of it ended.');
  return most;
}

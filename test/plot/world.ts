/** A job that was played in a simulation, as its bandit and its log would tell of it. */
import { join } from 'node:path';
import type { GridRecord, Observation } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import { createRandom } from '../../policy/random';
import { contenderNamed } from '../../simulation/contenders';
import { play } from '../../simulation/experiment';
import { scenarioNamed } from '../../simulation/scenarios';
import { loadTraces } from '../../simulation/traces';
import type { LogEntry } from '../../worker/replay/log';
import { emptyLedger, withDecision, withObservation } from '../../workflows/ledger';
import type { Facts, Ledger } from '../../workflows/messages';
import { jobSpec } from '../support/job';

export const cifar = loadTraces(join(__dirname, '../../data/zeus'), 'v100', { jobs: ['cifar100'] })[0]!;
const spec = jobSpec({ batchSizes: [...cifar.job.batchSizes], maxEpochs: cifar.job.maxEpochs });

export interface Played {
  readonly facts: Facts;
  readonly ledger: Ledger;
  readonly runs: readonly Observation[];
  readonly log: readonly LogEntry[];
}

/** `gridOf`: what the nth run recorded of a grid. */
export function playJob(recurrences: number, gridOf: (n: number) => GridRecord | undefined = () => undefined): Played {
  const runs: Observation[] = [];
  const log: LogEntry[] = [{ type: 'begun', input: { spec, since: [] } }];
  let ledger: Ledger = emptyLedger;
  const onRun = (decided: Decision, observation: Observation) => {
    const grid = gridOf(runs.length);
    // Slots are in the order of their names.
    const slotAt = new Date(Date.UTC(2026, 10, 1, Number(observation.slot))).toISOString();
    const told = { ...observation, slot: slotAt, ...(grid === undefined ? {} : { grid }) };
    const { id, slot, attempt } = told;
    const decidedAt = new Date(Date.UTC(2026, 10, 1, runs.length)).toISOString();
    const request = { id, slot, attempt, gpus: cifar.gpus };
    const leaseExpiresAt = new Date(Date.parse(decidedAt) + spec.lease * 1000).toISOString();
    ledger = withDecision(ledger, request, { decision: decided, decidedAt, leaseExpiresAt });
    ledger = withObservation(ledger, told, { counted: true, retry: false }, decidedAt);
    const of = { slot, at: decidedAt, decidedAt, request, seed: 1, skipped: [], decision: decided };
    log.push({ type: 'decision', ...of }, { type: 'observation', toldAt: decidedAt, observation: told });
    runs.push(told);
  };
  const scenario = scenarioNamed('none');
  play({
    contender: contenderNamed('wattbandit'),
    course: scenario.prepare(cifar, recurrences)(createRandom(1)),
    ...{ concurrency: 1, recurrences, objective: { eta: 0.5 }, seed: 'plot', onRun },
  });
  const facts: Facts = { spec, since: runs };
  return { facts, ledger, runs, log };
}

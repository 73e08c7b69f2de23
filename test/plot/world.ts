/** A job that was played in a simulation, as its bandit and its export would tell of it. */
import { join } from 'node:path';
import type { GridRecord, Observation } from '../../policy/facts';
import type { Decision } from '../../policy/policy';
import { createRandom } from '../../policy/random';
import { contenderNamed } from '../../simulation/contenders';
import { play } from '../../simulation/experiment';
import { scenarioNamed } from '../../simulation/scenarios';
import { loadTraces } from '../../simulation/traces';
import { exportLines } from '../../worker/export';
import { sealed } from '../../worker/exportFormat';
import { emptyLedger, withDecision, withObservation } from '../../workflows/ledger';
import type { Facts, Ledger } from '../../workflows/messages';
import { jobSpec } from '../support/job';

export const cifar = loadTraces(join(__dirname, '../../data/zeus'), 'v100', { jobs: ['cifar100'] })[0]!;
const spec = jobSpec({ batchSizes: [...cifar.job.batchSizes], maxEpochs: cifar.job.maxEpochs });

export interface Played {
  readonly facts: Facts;
  readonly ledger: Ledger;
  readonly runs: readonly Observation[];
  readonly text: string;
}

/** `gridOf`: what the nth run recorded of a grid. */
export function playJob(recurrences: number, gridOf: (n: number) => GridRecord | undefined = () => undefined): Played {
  const runs: Observation[] = [];
  let ledger: Ledger = emptyLedger;
  const onRun = (decided: Decision, observation: Observation) => {
    const grid = gridOf(runs.length);
    // Slots are in the order of their names.
    const slotAt = new Date(Date.UTC(2026, 10, 1, Number(observation.slot))).toISOString();
    const told = { ...observation, slot: slotAt, ...(grid === undefined ? {} : { grid }) };
    const { id, slot, attempt } = told;
    const decidedAt = new Date(Date.UTC(2026, 10, 1, runs.length)).toISOString();
    ledger = withDecision(
      ledger,
      { id, slot, attempt, gpus: cifar.gpus },
      { decision: decided, decidedAt, leaseExpiresAt: '9999' },
    );
    ledger = withObservation(ledger, told, { counted: true, retry: false }, decidedAt);
    runs.push(told);
  };
  const scenario = scenarioNamed('none');
  play({
    contender: contenderNamed('wattbandit'),
    course: scenario.prepare(cifar, recurrences)(createRandom(1)),
    ...{ concurrency: 1, recurrences, objective: { eta: 0.5 }, seed: 'plot', onRun },
  });
  const facts: Facts = { spec, since: runs };
  const exportedAt = '2026-11-02T00:00:00.000Z';
  const lines = exportLines({ facts, ledger, exportedAt }).map((line) => JSON.stringify(line));
  return { facts, ledger, runs, text: sealed(lines) };
}

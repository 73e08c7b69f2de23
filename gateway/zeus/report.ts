/** Whether a run that reports goes on, by Zeus's rules (`ZeusBatchSizeOptimizer.report` of zeus 0.16). No I/O. */
import { maxPowerWatts, zeusCostJoules } from '../../policy/cost';
import type { Outcome } from '../../policy/facts';
import { type OutsideRun, type OutsideTell, mostLostInARow } from '../../workflows/outsideMessages';
import type { ReportAnswer, TrainingResult } from './messages';

export type Verdict =
  | { readonly kind: 'goesOn'; readonly answer: ReportAnswer }
  | { readonly kind: 'ends'; readonly answer: ReportAnswer; readonly told: OutsideTell };

/** Unlike Zeus's, the ceiling is that of the decision, which knows no run that did not converge. */
export function judge(result: TrainingResult, known: OutsideRun): Verdict {
  const { run, job } = known;
  const { eta } = run.decision.objective;
  const ceiling = run.decision.costCeilingJoules ?? Infinity;
  const cost = zeusCostJoules(result.energy, result.time, eta, maxPowerOf(known));
  const { value, direction } = job.target;
  const reached = direction === 'atLeast' ? result.metric >= value : result.metric <= value;
  const isAffordable = cost <= ceiling;
  if (isAffordable && !reached && result.current_epoch < job.maxEpochs)
    return {
      kind: 'goesOn',
      answer: { stop_train: false, converged: false, message: 'Stop condition not met, keep training' },
    };
  if (!isAffordable) {
    const message = `Batch Size(${result.batch_size}) exceeded the cost upper bound: current cost(${cost}) > ${ceiling}`;
    return ends(message, toldOf(result, known, 'tooDear'));
  }
  if (reached) return ends('Train succeeded', toldOf(result, known, 'converged'));
  const message = `Train failed to converge within max_epoch(${job.maxEpochs})`;
  return ends(message, toldOf(result, known, 'diverged'));
}

function ends(message: string, told: OutsideTell): Verdict {
  const converged = told.outcome === 'converged';
  return { kind: 'ends', answer: { stop_train: true, converged, message }, told };
}

function maxPowerOf({ run }: OutsideRun): number {
  return run.outside === undefined ? 0 : maxPowerWatts(run.outside.gpus);
}

function toldOf(
  { time: seconds, energy: joules, current_epoch: epoch }: TrainingResult,
  known: OutsideRun,
  outcome: Outcome,
): OutsideTell {
  const { maxEpochs } = known.job;
  // Its first report comes after its first epoch.
  const epochs = Math.min(Math.max(epoch, 1), maxEpochs);
  const reachedEpochLimit = outcome === 'diverged' && epoch >= maxEpochs;
  return { id: known.run.decision.id, outcome, epochs, reachedEpochLimit, seconds, joules, measurements: [] };
}

/** A run that ends without a result; so many of one batch size in a row say that it does not fit. */
export function lost({ run, lostInARow }: OutsideRun): OutsideTell {
  const isFatal = lostInARow + 1 >= mostLostInARow;
  return {
    id: run.decision.id,
    outcome: isFatal ? 'outOfMemory' : 'infrastructure',
    detail: isFatal ? `it ended without a result ${lostInARow + 1} times in a row` : 'it ended without a result',
    ...{ epochs: 0, reachedEpochLimit: false, seconds: 0, joules: 0, measurements: [] },
  };
}

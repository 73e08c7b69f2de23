/** One sentence for the operator: which batch size, and why. */
import type { Belief } from './beliefs';
import { unprovenInFlight, type Choice, type Circumstances } from './choose';
import { keepsSlowdown, meetsDeadline, type Trial } from './trials';

export function reasonFor({ mode, belief, trial }: Choice, of: Circumstances): string {
  const batch = `Batch size ${belief.batchSize}`;
  switch (mode) {
    case 'first':
      return `${batch}: ${firstReason(belief, of)}.`;
    case 'pinned':
      return `${batch}: pinned by the operator${pinWarning(belief)}; its outcome will still be learned from${pinBound(belief, of)}.`;
    case 'retry':
      return `${batch}: retries a run of this recurrence that failed; a retry never explores, and ${retryReason(of)}.`;
    case 'exploit':
      return `${batch}: ${boundReason(belief, of) ?? `lowest expected cost; ${noTrialReason(of)}`}${unmeasured(of)}.`;
    case 'explore':
      return trial ? `Trying batch size ${belief.batchSize}: ${trialReason(trial, of)}.` : `${batch}.`;
  }
}

function firstReason(belief: Belief, { ask, beliefs, parameters }: Circumstances): string {
  const isDefault = belief.batchSize === ask.job.defaultBatchSize;
  if (belief.ruledOut !== null)
    return 'every batch size has failed or does not fit this GPU; check the target, the epoch limit and the GPU memory';
  if (isDefault) return 'the default, since no run has converged yet';
  const failed = beliefs.epochsKnown ? `no size that has converged fits ${ask.gpus.model}` : 'no run has converged yet';
  return `${failed} and the default is out; the nearest size with the fewest failures (${parameters.maxFailures} rule it out)`;
}

function pinWarning({ ruledOut }: Belief): string {
  return ruledOut === null ? '' : ` although ${ruledOut}`;
}

function pinBound({ proven }: Belief, { incumbent, parameters: { beta } }: Circumstances): string {
  if (proven || incumbent === null) return '';
  return `; it never converged, so it is stopped if it costs ${2 * beta} times a run at ${incumbent.batchSize}`;
}

function retryReason({ incumbent }: Circumstances): string {
  return incumbent === null ? 'no run has converged yet' : 'this is the lowest expected cost among proven sizes';
}

/** Where a bound of the objective cannot be kept, that is the news. */
function boundReason(belief: Belief, { ask, beliefs }: Circumstances): string | null {
  const { deadlineSeconds, maxSlowdown } = ask.objective;
  if (!meetsDeadline(belief, deadlineSeconds)) {
    const late = beliefs.joulesKnown ? `; it may take ${Math.ceil(belief.soonestLateSeconds)} s` : '';
    return `the fastest, and yet no batch size is sure enough (95 %) to end within the deadline of ${deadlineSeconds} s${late}`;
  }
  if (keepsSlowdown(belief, beliefs.slowdownSeconds)) return null;
  const beyond = `no batch size that has converged keeps the slow-down bound of ${maxSlowdown}`;
  return deadlineSeconds === undefined
    ? `the fastest; ${beyond}`
    : `lowest expected cost within the deadline; ${beyond}`;
}

function noTrialReason({ ask, beliefs, trials, parameters }: Circumstances): string {
  if (!ask.exploration) return 'exploration is paused';
  if (ask.remainingRecurrences === 0) return 'no recurrence follows that could profit from a trial';
  const wanted = trials.some(({ score }) => score !== null && score > 0);
  if (wanted && unprovenInFlight(beliefs, ask) >= parameters.maxUnproven) return 'another trial is still in flight';
  return 'no other batch size is worth the price of trying it now';
}

function unmeasured({ ask, beliefs }: Circumstances): string {
  return beliefs.joulesKnown ? '' : `; nothing was measured on ${ask.gpus.model} yet, this run will be`;
}

function trialReason({ belief, gainJoules, priceJoules }: Trial, of: Circumstances): string {
  const { ask, incumbent, horizon, parameters } = of;
  if (incumbent === null) return 'no incumbent';
  const against = `a run at ${incumbent.batchSize}`;
  const share = (joules: number | null) => percent((joules ?? 0) / incumbent.costJoules);
  const stopped = belief.proven ? '' : `; stopped if it costs ${parameters.beta} times ${against}`;
  if (!meetsDeadline(incumbent, ask.objective.deadlineSeconds))
    return `it should keep the deadline of ${ask.objective.deadlineSeconds} s, which ${against} may miss${stopped}`;
  const difference = belief.costJoules / incumbent.costJoules - 1;
  const expected = `expected to cost ${percent(Math.abs(difference))} ${difference < 0 ? 'less' : 'more'} than ${against} (± ${percent(Math.sqrt(belief.variance))})`;
  if ((priceJoules ?? 0) <= 0) return `${expected}${stopped}`;
  return `${expected}, but it may save ${share(gainJoules)} of each of the ${Math.round(horizon)} runs expected to follow, for a price of ${share(priceJoules)} of one run${stopped}`;
}

function percent(ratio: number): string {
  return `${(100 * ratio).toFixed(ratio < 0.0995 ? 1 : 0)} %`;
}

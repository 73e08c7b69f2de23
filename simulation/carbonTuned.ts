/** Policies at exactly equal mean slow-down, each with its own weight set on the very runs that count: the fair comparison. */
import { inTurns, type OracleAnswer } from './carbonOracle';
import { chooserOf, type Played } from './carbonPolicies';
import { playRun, type RunFigures, workHours } from './carbonRun';
import { total } from './statistics';

/** Of log-odds: from all time to all energy, halved this often. */
const bounds = { low: -14, high: 14 };
const bisections = 24;

export function playTuned(played: Played, starts: readonly number[], slowdown: number): OracleAnswer {
  const { fast, slow } = bracket(played, starts, slowdown);
  return inTurns(slow.runs, fast.runs, starts.length * workHours * (1 + slowdown));
}

/** The η with which the mean slow-down of these runs is the target, or as near below as it gets. */
export function tunedEta(played: Played, starts: readonly number[], slowdown: number): number {
  return bracket(played, starts, slowdown).fast.eta;
}

interface AtEta {
  readonly eta: number;
  readonly runs: readonly RunFigures[];
}

function bracket(
  played: Played,
  starts: readonly number[],
  slowdown: number,
): { readonly fast: AtEta; readonly slow: AtEta } {
  const at = (logOdds: number): AtEta => {
    const eta = 1 / (1 + Math.exp(-logOdds));
    return { eta, runs: starts.map((start) => playRun(played.ground, start, chooserOf(played, start, eta))) };
  };
  const target = starts.length * workHours * (1 + slowdown);
  let { low, high } = bounds;
  let [fast, slow] = [at(low), at(high)];
  for (let step = 0; step < bisections; step++) {
    const middle = (low + high) / 2;
    const between = at(middle);
    if (total(between.runs, ({ hours }) => hours) > target) [high, slow] = [middle, between];
    else [low, fast] = [middle, between];
  }
  return { fast, slow };
}

/** What following the grid saves: policies on recorded carbon intensities and power curves, against maximum power, cap and oracle. */
import { gridPolicies, type GridPolicy } from '../policy/gridWeight';
import { longestHours, playCapped } from './carbonCaps';
import type { CarbonCurve } from './carbonCurves';
import { playHeld, type Years } from './carbonHeld';
import { oracle } from './carbonOracle';
import { budgetReferences, deadlineChooser, type Forecasters, forecastersOf, type Played } from './carbonPolicies';
import {
  carbonFigures,
  type Emitted,
  type CarbonMode,
  type CarbonReport,
  type CarbonResult,
  summariseCarbon,
} from './carbonReport';
import { type Ground, playRun, type RunFigures, slowdownOf } from './carbonRun';
import type { CarbonSeries } from './carbonSeries';
import { dailyStarts, randomStarts } from './carbonStarts';
import { playTuned } from './carbonTuned';
import { SimulationError } from './error';
import { mean, total } from './statistics';

/** `deadline`: no run exceeds the slow-down, instead of the mean. */
export const carbonContenders = [...gridPolicies, 'deadline', 'oracle'] as const;
export type CarbonContender = (typeof carbonContenders)[number];

export interface CarbonOptions {
  readonly zones: readonly CarbonSeries[];
  readonly curves: readonly CarbonCurve[];
  readonly policies: readonly CarbonContender[];
  readonly slowdowns: readonly number[];
  readonly modes: readonly CarbonMode[];
  /** Random starts of `tuned`; `held` has one run a day. */
  readonly starts: number;
  readonly seed: string;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly name: string }) => void;
}

export function simulateCarbon(options: CarbonOptions): CarbonReport {
  check(options);
  const { zones, curves, modes } = options;
  const count = zones.length * curves.length * modes.length;
  let done = 0;
  const results = zones.flatMap((series) => {
    const forecasters = forecastersOf(series);
    const references = budgetReferences(series);
    return curves.flatMap((curve) =>
      modes.flatMap((mode) => {
        options.onProgress?.({ done: done++, total: count, name: `${series.zone} ${curve.name} ${mode}` });
        return resultsOf(sceneFor({ series, curve, forecasters, references }, mode, options), options);
      }),
    );
  });
  return { schemaVersion: 1, results, summary: summariseCarbon(results) };
}

interface Place {
  readonly series: CarbonSeries;
  readonly curve: CarbonCurve;
  readonly forecasters: Forecasters;
  /** By hour. */
  readonly references: readonly number[];
}

/** Everything that the policies of one comparison share. */
interface Scene extends Place {
  readonly mode: CarbonMode;
  readonly ground: Ground;
  /** Of the runs that count. */
  readonly starts: readonly number[];
  readonly years: Years | null;
  readonly referenceAt: (hour: number) => number;
}

/** `tuned` has one price for all runs; a budget's, which `held` knows a year of only, follows the grid slowly. */
function sceneFor(place: Place, mode: CarbonMode, { starts, seed }: CarbonOptions): Scene {
  const { series, curve, references } = place;
  const ground = { curve, gramsPerKwh: series.gramsPerKwh };
  const bounds = { longestHours: longestHours(curve), seed };
  const overall = mean(series.gramsPerKwh);
  if (mode === 'tuned') {
    const random = randomStarts(series, starts, bounds);
    return { ...place, mode, ground, starts: random, years: null, referenceAt: () => overall };
  }
  const years = dailyStarts(series, bounds);
  return { ...place, mode, ground, starts: years.second, years, referenceAt: (hour) => references[hour] ?? overall };
}

function resultsOf(scene: Scene, { policies, slowdowns }: CarbonOptions): readonly CarbonResult[] {
  const { curve, ground, mode, series, starts } = scene;
  const maxPower = gramsOf(playCapped(ground, starts, 0));
  const bounds = boundsOf(ground, starts);
  return slowdowns.flatMap((slowdown) =>
    policies.map((policy): CarbonResult => {
      const { grams, runs, meanSlowdown } = play(scene, policy, slowdown);
      const whose = { curve: curve.name, zone: series.zone, policy, mode, slowdown };
      return { ...whose, meanSlowdown, ...carbonFigures({ grams, maxPower, ...bounds(meanSlowdown) }, runs) };
    }),
  );
}

/** Grams of the best cap and of the oracle at a mean slow-down; most policies of a comparison have the same. */
function boundsOf(ground: Ground, starts: readonly number[]): (slowdown: number) => Pick<Emitted, 'capped' | 'oracle'> {
  const known = new Map<number, Pick<Emitted, 'capped' | 'oracle'>>();
  return (slowdown) => {
    // Rounded for all, so that nobody's figures depend on who else was played.
    const rounded = Number(slowdown.toFixed(8));
    const bounds = known.get(rounded) ?? {
      capped: gramsOf(playCapped(ground, starts, rounded)),
      oracle: oracle(ground, starts, rounded).grams,
    };
    known.set(rounded, bounds);
    return bounds;
  };
}

interface Outcome {
  readonly grams: number;
  readonly meanSlowdown: number;
  readonly runs: readonly RunFigures[];
}

function play(scene: Scene, policy: CarbonContender, slowdown: number): Outcome {
  const { ground, starts, years } = scene;
  if (policy === 'static') return outcomeOf(playCapped(ground, starts, slowdown));
  if (policy === 'oracle') return oracle(ground, starts, slowdown);
  if (policy === 'deadline') {
    const choose = () => deadlineChooser(playedBy(scene, 'wattbandit'), slowdown);
    return outcomeOf(starts.map((start) => playRun(ground, start, choose())));
  }
  const played = playedBy(scene, policy);
  if (years !== null) return outcomeOf(playHeld(played, years, slowdown));
  return playTuned(played, starts, slowdown);
}

function playedBy({ forecasters, ground, referenceAt }: Scene, policy: GridPolicy): Played {
  return { ground, forecasters, policy, referenceAt };
}

function outcomeOf(runs: readonly RunFigures[]): Outcome {
  return { grams: gramsOf(runs), meanSlowdown: mean(runs.map(slowdownOf)), runs };
}

function gramsOf(runs: readonly RunFigures[]): number {
  return total(runs, ({ grams }) => grams);
}

function check({ policies, slowdowns, starts }: CarbonOptions): void {
  if (policies.length === 0 || slowdowns.length === 0 || !(starts >= 1))
    throw new SimulationError('Cannot simulate: name a policy, a slow-down and a start at least.');
  const broken = slowdowns.find((one) => !(one > 0 && one <= 0.5));
  if (broken !== undefined)
    throw new SimulationError(`Cannot simulate: slowdown is ${broken} and must be above 0 and at most 0.5, as 0.025.`);
}

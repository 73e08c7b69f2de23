/** Shares saved by many runs against a counterfactual, and how far they may be wrong by chance and by the profile. */
import { type Compared, comparedOf, counterfactualOf } from './counterfactual';
import type { GridRecord, LimitSpeed } from './facts';
import { type Random, createRandom, seedFor } from './random';

/** 95 % of resampled shares lie between. */
export interface Saving {
  readonly saved: number;
  readonly from: number;
  readonly to: number;
}

/** What runs emitted, and would have at maximum power and under the best static cap. */
export interface Amounts {
  readonly amount: number;
  readonly maxPower: number;
  readonly staticCap: number;
}

export interface Savings {
  /** Runs that could be compared. */
  readonly runs: number;
  readonly sums: Amounts;
  /** How much longer these runs took than at maximum power: 0.02 is 2 %. */
  readonly slowdown: number;
  /** Null where the other amount is not above 0, as with negative prices. */
  readonly againstMaxPower: Saving | null;
  readonly againstStatic: Saving | null;
}

/** A window of a profile is repeatable to 2 % at 95 %: 1 % is a standard deviation. What all boards are off by cancels. */
export const windowError = 0.01;
const resamples = 300;

interface Run {
  readonly record: GridRecord;
  readonly compared: Compared;
}

/** Null where no run can be compared. `name` seeds the resampling. */
export function savingsOf(name: string, records: readonly GridRecord[]): Savings | null {
  const runs = comparable(records);
  if (runs.length === 0) return null;
  const sums = amountsOf(runs);
  const chance = resampled(runs, createRandom(seedFor(name)));
  return {
    runs: runs.length,
    sums,
    slowdown: slowdownOfAll(runs),
    againstMaxPower: savingFrom('maxPower', sums, chance),
    againstStatic: savingFrom('staticCap', sums, chance),
  };
}

/** Of those that can be compared. */
export function amountsOfAll(records: readonly GridRecord[]): Amounts | null {
  const runs = comparable(records);
  return runs.length === 0 ? null : amountsOf(runs);
}

function comparable(records: readonly GridRecord[]): readonly Run[] {
  return records.flatMap((record) => {
    const compared = comparedOf(record);
    return compared === null || counterfactualOf(record.limits, record.profile) === null ? [] : { record, compared };
  });
}

type Remeasure = (profile: readonly LimitSpeed[]) => readonly LimitSpeed[];

function amountsOf(runs: readonly Run[], remeasure: Remeasure = (profile) => profile): Amounts {
  const sums = { amount: 0, maxPower: 0, staticCap: 0 };
  for (const { record, compared } of runs) {
    const other = counterfactualOf(record.limits, remeasure(record.profile));
    if (other === null) continue;
    sums.amount += compared.amount;
    sums.maxPower += compared.evenAmount * other.maxPower.joules;
    sums.staticCap += compared.evenAmount * other.staticCap.joules;
  }
  return sums;
}

/** Runs are drawn anew with replacement. A job's runs share a profile, so an error of a limit is the same in all of them. */
function resampled(runs: readonly Run[], random: Random): readonly Amounts[] {
  return Array.from({ length: resamples }, () => {
    const factors = new Map<number, number>();
    const remeasure: Remeasure = (profile) =>
      profile.map((at) => {
        const factor = factors.get(at.powerLimitWatts) ?? 1 + random.normal(0, windowError);
        factors.set(at.powerLimitWatts, factor);
        return { ...at, averageWatts: at.averageWatts * factor };
      });
    const drawn = runs.flatMap(() => runs[Math.floor(random.uniform() * runs.length)] ?? []);
    return amountsOf(drawn, remeasure);
  });
}

function savingFrom(against: 'maxPower' | 'staticCap', sums: Amounts, chance: readonly Amounts[]): Saving | null {
  const saved = shareOf(sums.amount, sums[against]);
  const shares = chance.flatMap((drawn) => shareOf(drawn.amount, drawn[against]) ?? []).toSorted((a, b) => a - b);
  const from = shares.at(Math.floor(shares.length * 0.025));
  const to = shares.at(Math.ceil(shares.length * 0.975) - 1);
  return saved === null || from === undefined || to === undefined ? null : { saved, from, to };
}

function shareOf(amount: number, other: number): number | null {
  return other > 0 ? 1 - amount / other : null;
}

function slowdownOfAll(runs: readonly Run[]): number {
  let [seconds, fastest] = [0, 0];
  for (const { record } of runs) {
    const held = record.limits.reduce((sum, one) => sum + one.seconds, 0);
    seconds += held;
    fastest += held * (counterfactualOf(record.limits, record.profile)?.maxPower.seconds ?? 1);
  }
  return seconds / fastest - 1;
}

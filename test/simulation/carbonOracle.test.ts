import fc from 'fast-check';
import type { PowerMeasurement } from '../../policy/facts';
import { bestRun } from '../../simulation/carbonBestRun';
import { cornersOf, playCapped } from '../../simulation/carbonCaps';
import type { CarbonCurve } from '../../simulation/carbonCurves';
import { oracle } from '../../simulation/carbonOracle';
import { type Ground, playRun, slowdownOf, speedOf, workHours } from '../../simulation/carbonRun';
import { minimise } from './linearProgram';

const at = (powerLimitWatts: number, secondsPerEpoch: number, averageWatts: number): PowerMeasurement => ({
  batchSize: 8,
  powerLimitWatts,
  secondsPerEpoch,
  averageWatts,
  source: 'profile',
});
/** Slowest 1.25 times as long, so no run exceeds 30 hours. */
const curve: CarbonCurve = {
  name: 'toy',
  profile: [at(100, 12.5, 95), at(150, 11, 140), at(200, 10.4, 185), at(250, 10, 240)],
};
const hoursKnown = 60;

const anyGrid = fc
  .array(fc.integer({ min: 20, max: 800 }), { minLength: hoursKnown, maxLength: hoursKnown })
  .map((gramsPerKwh): Ground => ({ curve, gramsPerKwh }));
const anyPrice = fc.double({ min: 0.5, max: 400, noNaN: true });
const anyStart = fc.nat({ max: 20 });

/** Grams and hours of limits in the hours of one run that lasts into its `whole + 1`st hour, as a linear program's columns. */
function columnsOf({ gramsPerKwh }: Ground, start: number, whole: number) {
  return Array.from({ length: whole + 1 }, (_, hour) =>
    curve.profile.map((limit) => ({
      hour,
      speed: speedOf(curve, limit),
      grams: (limit.averageWatts * gramsPerKwh[start + hour]!) / 1000,
    })),
  ).flat();
}

/** Least grams plus price times hours over runs that end in this hour: no pause before, any mixture of limits in each hour. */
function leastEndingIn(ground: Ground, start: number, whole: number, price: number): number | null {
  const columns = columnsOf(ground, start, whole);
  const hours = Array.from({ length: whole }, (_, hour) => columns.map((column) => (column.hour === hour ? 1 : 0)));
  return minimise({
    costs: columns.map(({ grams }) => grams + price),
    equal: [{ row: columns.map(({ speed }) => speed), to: workHours }, ...hours.map((row) => ({ row, to: 1 }))],
    atMost: [{ row: columns.map(({ hour }) => (hour === whole ? 1 : 0)), to: 1 }],
  });
}

function leastByLinearProgram(ground: Ground, start: number, price: number): number {
  const lengths = Array.from({ length: 8 }, (_, more) => workHours - 1 + more);
  return Math.min(...lengths.map((whole) => leastEndingIn(ground, start, whole, price) ?? Infinity));
}

describe('bestRun', () => {
  it('costs what an independent linear program finds, whenever the run ends', () => {
    fc.assert(
      fc.property(anyGrid, anyStart, anyPrice, (ground, start, price) => {
        const { grams, hours } = bestRun({ ground, corners: cornersOf(curve), start }, price);
        const expected = leastByLinearProgram(ground, start, price);
        expect(Math.abs(grams + price * hours - expected)).toBeLessThan(1e-6 * expected);
      }),
      { numRuns: 25 },
    );
  });

  it('waits for a clean hour after dirty ones, although stopping before them neither gained nor lost', () => {
    const gramsPerKwh = Array.from({ length: hoursKnown }, (_, hour) => (hour < 24 ? 200 : hour < 26 ? 400 : 1));
    const { hours } = bestRun({ ground: { curve, gramsPerKwh }, corners: cornersOf(curve), start: 0 }, 1);
    expect(hours).toBeGreaterThan(26);
  });
});

describe('oracle', () => {
  it('is the linear program over all runs at the mean slow-down, where no run gains by waiting for cleaner hours', () => {
    const rising = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: hoursKnown, maxLength: hoursKnown });
    fc.assert(
      fc.property(rising, fc.double({ min: 0.02, max: 0.12, noNaN: true }), (steps, slowdown) => {
        let level = 50;
        const ground = { curve, gramsPerKwh: steps.map((step) => (level += step)) };
        const starts = [0, 9];
        const expected = leastOfTwo(ground, starts, slowdown);
        expect(Math.abs(oracle(ground, starts, slowdown).grams - expected)).toBeLessThan(1e-6 * expected);
      }),
      { numRuns: 6 },
    );
  });

  it('is never above the best schedule of two runs that a linear program finds', () => {
    fc.assert(
      fc.property(anyGrid, fc.double({ min: 0.01, max: 0.12, noNaN: true }), (ground, slowdown) => {
        const starts = [0, 11];
        expect(oracle(ground, starts, slowdown).grams).toBeLessThanOrEqual(
          leastOfTwo(ground, starts, slowdown) * (1 + 1e-7),
        );
      }),
      { numRuns: 4 },
    );
  });

  it('is no slower on average than it may be, uses all of that where slower is cleaner, and never emits more than the best cap', () => {
    fc.assert(
      fc.property(anyGrid, fc.double({ min: 0.005, max: 0.2, noNaN: true }), (ground, slowdown) => {
        const starts = [0, 5, 17, 20];
        const best = oracle(ground, starts, slowdown);
        expect(best.meanSlowdown).toBeLessThanOrEqual(slowdown + 1e-9);
        if (slowdown < 0.03) expect(best.meanSlowdown).toBeCloseTo(slowdown, 9);
        const capped = playCapped(ground, starts, slowdown).reduce((sum, { grams }) => sum + grams, 0);
        expect(best.grams).toBeLessThanOrEqual(capped * (1 + 1e-9));
      }),
    );
  });

  it('never emits more than runs that choose at random and take as long', () => {
    const anyChoices = fc.array(fc.nat({ max: 3 }), { minLength: hoursKnown, maxLength: hoursKnown });
    fc.assert(
      fc.property(anyGrid, anyChoices, (ground, choices) => {
        const starts = [0, 6, 20];
        const runs = starts.map((start) => playRun(ground, start, (hour) => curve.profile[choices[hour]!]!));
        const slowdown = runs.reduce((sum, run) => sum + slowdownOf(run), 0) / runs.length;
        const grams = runs.reduce((sum, run) => sum + run.grams, 0);
        expect(oracle(ground, starts, slowdown).grams).toBeLessThanOrEqual(grams * (1 + 1e-9));
      }),
    );
  });
});

/** Both runs in one linear program with a common bound on hours, over all pairs of lengths. */
function leastOfTwo(ground: Ground, starts: readonly number[], slowdown: number): number {
  const hoursAllowed = starts.length * workHours * (1 + slowdown);
  const lengths = Array.from({ length: 8 }, (_, more) => workHours - 1 + more);
  const pairs = lengths.flatMap((one) => lengths.map((other) => [one, other]));
  const possible = pairs.filter(
    ([one, other]) => one! + other! <= hoursAllowed && one! + other! + 2 >= hoursAllowed - 2,
  );
  return Math.min(...possible.map((wholes) => leastOfLengths(ground, starts, wholes, hoursAllowed) ?? Infinity));
}

function leastOfLengths(ground: Ground, starts: readonly number[], wholes: readonly number[], hoursAllowed: number) {
  const columns = starts.flatMap((start, run) =>
    columnsOf(ground, start, wholes[run]!).map((one) => ({ ...one, run })),
  );
  const ofRun = (run: number, value: (column: (typeof columns)[number]) => number) =>
    columns.map((column) => (column.run === run ? value(column) : 0));
  const equal = wholes.flatMap((whole, run) => [
    { row: ofRun(run, ({ speed }) => speed), to: workHours },
    ...Array.from({ length: whole }, (_, hour) => ({ row: ofRun(run, (one) => (one.hour === hour ? 1 : 0)), to: 1 })),
  ]);
  const lastHours = wholes.map((whole, run) => ({ row: ofRun(run, (one) => (one.hour === whole ? 1 : 0)), to: 1 }));
  return minimise({
    costs: columns.map(({ grams }) => grams),
    equal,
    atMost: [...lastHours, { row: columns.map(() => 1), to: hoursAllowed }],
  });
}

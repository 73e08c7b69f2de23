import { type GridQuestion, decideUnderGrid, gridMemoryOf } from '../../activities/carbon/underGrid';
import type { GridView } from '../../activities/carbon/gridWatch';
import { createDecideActivities } from '../../activities/decide';
import type { SignalReading } from '../../policy/forecast';
import { emptyGridMemory, rememberRun } from '../../policy/gridMemory';
import { beginDigest, digest } from '../../policy/signalDigest';
import type { Decision } from '../../policy/policy';
import { referenceOf } from '../../policy/signalReference';
import { priceFactor } from '../../policy/slowdownBudget';
import type { JobSpecInput } from '../../workflows/contracts';
import { decision, jobSpec, observation } from '../support/job';

const signal = { provider: 'test', zone: 'T', kind: 'average' } as const;
const recorded = { ...signal, unit: 'gCO2eq/kWh', factorType: null } as const;
const hourMs = 3_600_000;
const start = Date.parse('2021-07-01T00:00:00Z');

const reading = (hour: number, value: number): SignalReading => ({
  validFromAt: new Date(start + hour * hourMs).toISOString(),
  validToAt: new Date(start + (hour + 1) * hourMs).toISOString(),
  value,
});

/** Thirty days at 400 g/kWh, and then the value. */
function viewAt(value: number | null, changes: Partial<GridView> = {}): GridView {
  const past = Array.from({ length: 30 * 24 }, (_, i) => reading(i - 30 * 24, 400));
  return {
    ...signal,
    at: new Date(start).toISOString(),
    unit: 'gCO2eq/kWh',
    factorType: null,
    slotSeconds: 3600,
    reading: value === null ? null : { ...reading(0, value), status: 'observed' },
    forecast: [],
    digest: digest(beginDigest(signal), past),
    steers: true,
    ...changes,
  };
}

const gpus = { model: 'V100', count: 1, powerLimitsWatts: [100, 150, 200] };
const profiled = [
  { powerLimitWatts: 100, secondsPerEpoch: 15, averageWatts: 90 },
  { powerLimitWatts: 150, secondsPerEpoch: 11.5, averageWatts: 140 },
  { powerLimitWatts: 200, secondsPerEpoch: 10, averageWatts: 190 },
].map((at) => ({ ...at, batchSize: 1024, source: 'profile' as const }));

const candidate = {
  batchSize: 1024,
  powerLimitWatts: 150,
  predictedEpochs: 40,
  predictedCostJoules: 1,
  predictedSeconds: 400,
  sd: 0.1,
  gainJoules: 0,
  priceJoules: 0,
  verdict: 'incumbent',
};

function question(view: GridView, carbon: JobSpecInput['carbon'] = {}): GridQuestion {
  const spec = jobSpec({ carbon });
  const request = { id: '2021-07-01T00:00:00Z/1', slot: '2021-07-01T00:00:00Z', attempt: 1, gpus, grid: view };
  return { spec, carbon: spec.carbon!, request, view, memory: gridMemoryOf({ spec, since: [] }, view), mayTimer: true };
}

/** A policy that remembers under which η it was asked. */
function asked(changes: Partial<Decision> = {}) {
  const etas: number[] = [];
  const decideAt = (eta: number) => {
    etas.push(eta);
    return decision({ powerLimitWatts: 150, profiled, considered: [candidate], objective: { eta }, ...changes });
  };
  return { etas, decideAt };
}

describe('decideUnderGrid', () => {
  it('chooses a run that ends within the slot under the slot’s η, faster in clean hours than in dirty ones', () => {
    const etaAt = (value: number) => {
      const { etas, decideAt } = asked();
      const decided = decideUnderGrid(question(viewAt(value)), decideAt);
      expect(decided.grid).toMatchObject({ kind: 'start', signal: value, signalFrom: 'reading' });
      expect(etas).toEqual([0.5, decided.grid!.eta]);
      expect(decided.objective.eta).toBe(decided.grid!.eta);
      return decided.grid!.eta;
    };
    expect(etaAt(400)).toBeCloseTo(0.5, 6);
    expect(etaAt(100)).toBeLessThan(0.4);
    expect(etaAt(1200)).toBeGreaterThan(0.6);
  });

  it('prices batch sizes of longer runs with the job’s own η, and begins with the limit of the moment', () => {
    const long = { considered: [{ ...candidate, predictedSeconds: 7200, predictedEpochs: 720 }] };
    const decidedAt = (value: number) => {
      const { etas, decideAt } = asked(long);
      const decided = decideUnderGrid(question(viewAt(value)), decideAt);
      expect(etas).toEqual([0.5]);
      expect(decided.grid).toMatchObject({ kind: 'timer', steering: { eta: 0.5, expectedEpochs: 720 } });
      return decided.powerLimitWatts;
    };
    expect(decidedAt(2500)).toBe(100);
    expect(decidedAt(20)).toBe(200);
  });

  it('leaves the limit open where it is still to be measured, and then follows the grid', () => {
    const { decideAt } = asked({ powerLimitWatts: null, profiled: undefined, considered: [] });
    const decided = decideUnderGrid(question(viewAt(1200)), decideAt);
    expect(decided).toMatchObject({
      powerLimitWatts: null,
      grid: { kind: 'timer', steering: { expectedEpochs: null } },
    });
    expect(decided.grid!.explanation).toContain('measured first');
  });

  it('falls back to the job’s own η without a reading, and says so', () => {
    const stale = { digest: beginDigest(signal) };
    const { decideAt } = asked();
    const { grid } = decideUnderGrid(question(viewAt(null, stale)), decideAt);
    expect(grid).toMatchObject({ eta: 0.5, signal: null, signalFrom: 'none' });
    expect(grid!.explanation).toContain('the job’s own η counts');
  });
});

describe('gridMemoryOf', () => {
  const held = (watts: number, seconds: number) => ({ powerLimitWatts: watts, seconds, joules: 1 });
  const run = (watts: number) =>
    observation({
      grid: { ...recorded, intervals: [], limits: [held(watts, 100)], profile: profiled, priceFactor: 1 },
    });

  it('spends a slow-down budget by what runs took longer than at full speed, and then prices time higher', () => {
    const { memory } = question(viewAt(400), { slowdown: 0.025 });
    expect(memory.budget).toMatchObject({ slowdown: 0.025, eta: 0.5, runs: 8760, spent: [] });
    const slow = Array.from({ length: 500 }, () => run(100)).reduce(rememberRun, memory);
    expect(slow.budget!.spent[0]!.slowdown / slow.budget!.spent[0]!.runs).toBeCloseTo(0.5, 9);
    expect(priceFactor(slow.budget!)).toBeGreaterThan(priceFactor(memory.budget!));
    const fast = Array.from({ length: 500 }, () => run(200)).reduce(rememberRun, memory);
    expect(priceFactor(fast.budget!)).toBeLessThan(priceFactor(memory.budget!));
  });

  it('begins anew with another signal, whose numbers mean something else', () => {
    const spec = jobSpec({ carbon: { slowdown: 0.025 } });
    const before = gridMemoryOf({ spec, since: [run(100)], grid: emptyGridMemory }, viewAt(400));
    const other = { ...signal, kind: 'marginal' } as const;
    const marginal = viewAt(800, { ...other, digest: digest(beginDigest(other), [reading(-1, 800)]) });
    const after = gridMemoryOf({ spec, since: [], grid: before }, marginal);
    expect(after.digest).toMatchObject(other);
    expect(referenceOf(after.digest!.reference)).toBe(800);
    expect(after.budget!.spent).toEqual([]);
  });

  it('keeps what the job knows of the past where a host has just begun to look', () => {
    const spec = jobSpec({ carbon: {} });
    const before = gridMemoryOf({ spec, since: [] }, viewAt(400));
    const young = viewAt(900, { digest: digest(beginDigest(signal), [reading(0, 900)]) });
    const after = gridMemoryOf({ spec, since: [], grid: before }, young);
    expect(after.digest!.reference.days.length).toBeGreaterThan(27);
    expect(after.digest!.reference.countedToAt).toBe(reading(0, 900).validToAt);
  });
});

describe('decide', () => {
  it('says so where the host of a job that follows a grid is told of none', async () => {
    const { spec, request } = question(viewAt(400));
    const { grid: _, ...without } = request;
    const { decision: decided } = await createDecideActivities().decide({
      spec,
      request: without,
      inFlight: [],
      since: [],
    });
    expect(decided.reason).toContain('told of no grid');
    expect(decided.objective.eta).toBe(0.5);
  });

  it('remembers the signal once a day, and a run’s slow-down when its observation is folded', async () => {
    const activities = createDecideActivities();
    const { spec, request } = question(viewAt(400), { slowdown: 0.05 });
    const base = { spec, request, inFlight: [] };
    const first = await activities.decide({ ...base, since: [] });
    expect(first.grid?.budget?.spent).toEqual([]);
    const again = await activities.decide({ ...base, since: [], grid: first.grid! });
    expect(again.grid).toBeUndefined();
    const runs = Array.from({ length: 32 }, (_, n) => {
      const slot = new Date(start + n * hourMs).toISOString().replace('.000', '');
      const limits = [{ powerLimitWatts: 150, seconds: 115, joules: 1 }];
      const grid = { ...recorded, intervals: [], limits, profile: profiled, priceFactor: 1 };
      return observation({ id: `${slot}/1`, slot, measurements: profiled, grid });
    });
    const folded = await activities.decide({ ...base, since: runs, grid: first.grid! });
    expect(folded.grid!.budget!.spent.reduce((sum, part) => sum + part.runs, 0)).toBe(32);
    expect(folded.decision.grid!.priceFactor).toBe(priceFactor(folded.grid!.budget!));
  });
});

/** Explanations: a decision made again from what history has is the one that was made, and another η gives what was foretold. */
import { type Attempt, override } from '../../workflows/messages';
import { explanationOf } from '../../worker/cli/explanation';
import { type DecideAt, crossingEta, decideAgain, etaRange, isSame, runnerUpOf } from '../../worker/cli/otherEta';
import { onBench, simulatedHardware } from '../support/bench';
import { decision, jobSpec } from '../support/job';

const candidate = (batchSize: number, predictedCostJoules: number, predictedSeconds: number) => ({
  ...{ batchSize, powerLimitWatts: 100, predictedEpochs: 10, predictedCostJoules, predictedSeconds },
  ...{ sd: 0.1, gainJoules: null, priceJoules: null, verdict: '' },
});

describe('etaRange', () => {
  it('finds where another choice begins, to a thousandth', async () => {
    const decideAt: DecideAt = async (eta) => decision({ batchSize: eta < 0.3127 ? 256 : eta < 0.9 ? 1024 : 64 });
    const range = await etaRange(decideAt, decision({ batchSize: 1024, objective: { eta: 0.5 } }));
    expect(range).toMatchObject({ by: 'decided again', below: 256, above: 64 });
    expect(Math.abs(range.fromEta - 0.3127)).toBeLessThanOrEqual(0.0015);
    expect(Math.abs(range.toEta - 0.9)).toBeLessThanOrEqual(0.0015);
  });

  it('reaches to the ends where the choice is the same everywhere', async () => {
    const range = await etaRange(async () => decision(), decision({ objective: { eta: 1 } }));
    expect(range).toEqual({ by: 'decided again', fromEta: 0, below: null, toEta: 1, above: null });
  });
});

describe('crossingEta', () => {
  const gpus = { model: 'V100', count: 1, powerLimitsWatts: [100, 200] };

  it('is where choice and runner-up cost the same', () => {
    // 300 s and 40 kJ against 250 s and 60 kJ, at 200 W: equal where 20 kJ · η = 10 kJ · (1 − η).
    const cost = (joules: number, seconds: number) => 0.5 * joules + 0.5 * 200 * seconds;
    const considered = [candidate(128, cost(40_000, 300), 300), candidate(512, cost(60_000, 250), 250)];
    const chosen = decision({ batchSize: 128, objective: { eta: 0.5 }, considered });
    expect(runnerUpOf(chosen)?.batchSize).toBe(512);
    expect(crossingEta(chosen, gpus)).toBeCloseTo(1 / 3, 10);
  });

  it('is not there where one costs less of both', () => {
    const considered = [candidate(128, 50_000, 300), candidate(512, 90_000, 500)];
    expect(crossingEta(decision({ batchSize: 128, considered }), gpus)).toBeNull();
  });
});

describe('explanationOf', () => {
  it('decides every run again as it was decided, also under overrides and in a history continued as new', async () => {
    await onBench({ ...simulatedHardware(), overrides: { allowUnsigned: true } }, async ({ jobs, job, bandit }) => {
      const spec = jobSpec({ job, batchSizes: [128, 256, 512, 1024] });
      await jobs.create(spec, { paused: true });
      const firstRun = (await bandit().describe()).runId;
      for (let n = 0; n < 20; n++) {
        // By signal, which nobody answers: once it has left the book, the book alone recalls it.
        if (n === 4) await bandit().signal(override, { order: { kind: 'eta', eta: 0.1 }, reason: 'INC-1', who: 'ann' });
        if (n === 6) await jobs.clearOverride(job, { reason: 'over' });
        await (await jobs.startRecurrence(spec, new Date(Date.UTC(2021, 6, 1, n)))).result();
      }
      expect((await bandit().describe()).runId).not.toBe(firstRun);
      const { slots } = await jobs.ledger(job);
      const attempts: Attempt[] = slots.flatMap((slot) => slot.attempts);
      expect(attempts.length).toBeGreaterThanOrEqual(20);
      for (const attempt of attempts.filter(({ decision: { considered } }) => considered.length > 0)) {
        const { etaRange: range, facts, runnerUp } = await explanationOf(jobs, job, attempt);
        expect({ id: attempt.decision.id, by: range?.by }).toEqual({ id: attempt.decision.id, by: 'decided again' });
        expect(facts!.observations).toBe(attempts.indexOf(attempt));
        expect(runnerUp).not.toBeNull();
        const recalled = (await jobs.recallDecide(job, attempt.decision.id))!;
        const decideAt = decideAgain(recalled.input, []);
        expect(isSame(await decideAt(attempt.decision.objective.eta), attempt.decision)).toBe(true);
        if (range!.below !== null) expect((await decideAt(range!.fromEta)).batchSize).toBe(range!.below);
      }
      const under = attempts.find(({ decision: { overrides } }) => overrides !== undefined)!;
      const { overrides } = await explanationOf(jobs, job, under);
      expect(overrides).toMatchObject([{ order: 'η 0.1', who: 'ann', signed: false, reason: 'INC-1' }]);
      await jobs.delete(job);
    });
  });
});

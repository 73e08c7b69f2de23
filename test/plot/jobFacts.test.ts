import { join } from 'node:path';
import { readLogFile } from '../../worker/replay/logFile';
import { carbonOf, powerOf, tradeOffOf } from '../../worker/plot/jobPictures';
import { factsOfJob, factsOfLog, gpusOf } from '../../worker/plot/jobFacts';
import { at, interval, record } from '../report/world';
import { cifar, playJob } from './world';

const played = playJob(12);
const ofJob = factsOfJob(played.facts, played.ledger);
const ofLog = factsOfLog(played.log);

describe('factsOfLog', () => {
  it('draws the same as the job itself, of whose runs none has been forgotten yet', () => {
    expect(ofLog).toEqual(ofJob);
    expect(tradeOffOf(ofLog, {})).toEqual(tradeOffOf(ofJob, {}));
    expect(powerOf(ofLog, {})).toEqual(powerOf(ofJob, {}));
  });

  it('draws what a job exported: its latest decision, and what was measured until then', async () => {
    const { entries } = await readLogFile(join(__dirname, '../../examples/experiments/retrain.jsonl'));
    const { chosen, points } = tradeOffOf(factsOfLog(entries), {});
    const last = entries.findLast((entry) => entry.type === 'observation');
    const { batchSize, powerLimitWatts } = last!.observation;
    expect(chosen).toEqual({ batchSize, powerLimitWatts });
    const tried = entries.flatMap((entry) => (entry.type === 'observation' ? [entry.observation.batchSize] : []));
    const known = points.filter((point) => point.known).map((point) => point.batchSize);
    expect([...new Set(known)]).toEqual([...new Set(tried)].toSorted((a, b) => a - b));
  });

  it('learns from what was imported, too', () => {
    const [begun, ...rest] = played.log;
    const imported = { ...played.runs[0]!, id: 'elsewhere', imported: { from: 'job other', weight: 1 } };
    const { memory } = factsOfLog([begun!, { type: 'import', observations: [imported] }, ...rest]);
    expect(memory.runs).toBe(ofLog.memory.runs + 1);
  });

  it('learns nothing from what was set aside', () => {
    const { ledger, facts } = playJob(3);
    const last = ledger.slots.at(-1)!;
    const [attempt] = last.attempts;
    const doubted = { ...attempt!, answer: { counted: false, retry: false, quarantinedBecause: 'no' } };
    const slots = [...ledger.slots.slice(0, -1), { ...last, attempts: [doubted] }];
    expect(factsOfJob(facts, { ...ledger, slots }).runs).toHaveLength(2);
  });
});

describe('tradeOffOf', () => {
  it('marks the latest decision and the default, under the η of the latest decision', () => {
    const { chosen, defaultChoice, eta, maxPowerWatts } = tradeOffOf(ofJob, {});
    const last = played.runs.at(-1)!;
    expect(chosen).toEqual({ batchSize: last.batchSize, powerLimitWatts: last.powerLimitWatts });
    expect(defaultChoice).toEqual({ batchSize: cifar.job.defaultBatchSize, powerLimitWatts: 250 });
    expect([eta, maxPowerWatts]).toEqual([0.5, 250]);
  });

  it('says what is missing', () => {
    const begun = factsOfJob({ ...played.facts, since: [] }, { ...played.ledger, slots: [] });
    expect(() => tradeOffOf(begun, {})).toThrow(
      'Cannot draw job cifar100: no power limit was measured; GPU models it ran on: none.',
    );
    expect(() => gpusOf(ofJob, 'H100')).toThrow('no power limit was measured on H100; GPU models it ran on: v100.');
    const failed = played.runs.slice(0, 1).map((run) => ({ ...run, outcome: 'diverged' as const }));
    expect(() => tradeOffOf(factsOfJob({ ...played.facts, since: failed }, played.ledger), {})).toThrow(
      'Cannot draw the trade-off of job cifar100: none of its runs has converged yet.',
    );
  });
});

describe('powerOf', () => {
  it('is about the size that ran last, and marks the limit that it held', () => {
    const last = played.runs.at(-1)!;
    expect(powerOf(ofJob, {})).toMatchObject({ batchSize: last.batchSize, chosenWatts: last.powerLimitWatts });
    expect(() => powerOf(ofJob, { batchSize: 8 })).toThrow('batch size 8 of job cifar100: it was not measured on v100');
  });
});

describe('carbonOf', () => {
  it('has the runs that followed the latest grid, by time, with what they recorded', () => {
    const grids = [
      record([150, 250], [100, 200]),
      undefined,
      { ...record([200], [300]), intervals: [interval(5, 185)] },
    ];
    const { facts, ledger, log } = playJob(3, (n) => grids[n]);
    const timeline = carbonOf(factsOfJob(facts, ledger));
    expect(timeline.runs.map(({ intervals }) => intervals.map(({ fromAt }) => fromAt))).toEqual([
      [at(0), at(1)],
      [at(5)],
    ]);
    expect(carbonOf(factsOfLog(log))).toEqual(timeline);
  });

  it('says where none did', () => {
    expect(() => carbonOf(ofJob)).toThrow('none of the runs that can be read back followed a grid');
  });
});

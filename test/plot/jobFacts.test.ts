import { carbonOf, powerOf, tradeOffOf } from '../../worker/plot/jobPictures';
import { factsOfExport, factsOfJob, gpusOf } from '../../worker/plot/jobFacts';
import { at, interval, record } from '../report/world';
import { cifar, playJob } from './world';

const played = playJob(12);
const ofJob = factsOfJob(played.facts, played.ledger);
const ofExport = factsOfExport('job.jsonl', played.text);

describe('factsOfExport', () => {
  it('draws the same as the job itself, of whose runs none has been forgotten yet', () => {
    expect(ofExport).toEqual(ofJob);
    expect(tradeOffOf(ofExport, {})).toEqual(tradeOffOf(ofJob, {}));
    expect(powerOf(ofExport, {})).toEqual(powerOf(ofJob, {}));
  });

  it.each([
    ['is no export', '{}\n', 'its last line is not the checksum'],
    ['was cut off', played.text.slice(0, -200), 'it was cut off'],
    ['was changed', played.text.replace('cifar100', 'cifar101'), 'it was changed after it was written'],
  ])('refuses a file that %s', (_, text, why) => {
    expect(() => factsOfExport('job.jsonl', text)).toThrow(`Cannot read the history job.jsonl: `);
    expect(() => factsOfExport('job.jsonl', text)).toThrow(why);
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
    const { facts, ledger, text } = playJob(3, (n) => grids[n]);
    const timeline = carbonOf(factsOfJob(facts, ledger));
    expect(timeline.runs.map(({ intervals }) => intervals.map(({ fromAt }) => fromAt))).toEqual([
      [at(0), at(1)],
      [at(5)],
    ]);
    expect(carbonOf(factsOfExport('job.jsonl', text))).toEqual(timeline);
  });

  it('says where none did', () => {
    expect(() => carbonOf(ofJob)).toThrow('none of the runs that can be read back followed a grid');
  });
});

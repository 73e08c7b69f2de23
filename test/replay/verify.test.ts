/** Decisions of the corpus are made again from what they were made from; what differs is told by its place. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defaultPayloadConverter } from '@temporalio/common';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { firstDifference } from '../../worker/replay/difference';
import { decoderOf, logOf } from '../../worker/replay/historyLog';
import type { Decided, LogEntry } from '../../worker/replay/log';
import { readLogFile } from '../../worker/replay/logFile';
import { isOfBandit, verify } from '../../worker/replay/replay';
import { verifyWeighings } from '../../worker/replay/weighings';

const corpus = join(__dirname, 'histories');
const files = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
const historyIn = (name: string) => historyFromJSON(JSON.parse(readFileSync(join(corpus, name), 'utf8')));
const decode = decoderOf({ payloadCodecs: [], payloadConverter: defaultPayloadConverter });
const bandits = files.filter((name) => isOfBandit(historyIn(name)));
const example = join(__dirname, '..', '..', 'examples', 'experiments', 'retrain.jsonl');

/** The same log, but that one decision says something else. */
function changed(
  entries: readonly LogEntry[],
  nth: number,
  change: (decided: Decided) => Decided,
): readonly LogEntry[] {
  const decisions = entries.filter(({ type }) => type === 'decision');
  return entries.map((entry) => (entry === decisions[nth] && entry.type === 'decision' ? change(entry) : entry));
}

describe('verify', () => {
  it('makes every decision of the corpus again as it was', async () => {
    let made = 0;
    for (const name of bandits) {
      const log = await logOf(historyIn(name), decode);
      const decisions = log.filter(({ type }) => type === 'decision').length;
      made += decisions;
      expect({ name, ...verify(log) }).toMatchObject({ name, decisions, diverged: 0, first: null });
    }
    expect(made).toBeGreaterThan(20);
  });

  it('finds what was recorded otherwise, and goes on with what was recorded', async () => {
    const { entries } = await readLogFile(example);
    const other = changed(entries, 5, (entry) => ({ ...entry, decision: { ...entry.decision, batchSize: 2048 } }));
    const { diverged, first, decisions } = verify(other);
    expect({ diverged, decisions }).toEqual({ diverged: 1, decisions: 48 });
    expect(first).toMatchObject({ slot: '2021-07-01T05:00:00Z', attempt: 1, field: 'batchSize', recorded: 2048 });
  });

  it('notices a fact that was changed, from the next decision on', async () => {
    const { entries } = await readLogFile(example);
    const at = entries.findIndex((entry) => entry.type === 'observation');
    const forged = entries.map((entry, index) =>
      index === at && entry.type === 'observation'
        ? { ...entry, observation: { ...entry.observation, epochs: entry.observation.epochs + 1 } }
        : entry,
    );
    expect(verify(forged).first).toMatchObject({ slot: '2021-07-01T01:00:00Z' });
  });

  it('holds decisions of another version of Node to five digits, those of its own to the last', async () => {
    const { entries } = await readLogFile(example);
    const nudged = (node: string, factor: number) =>
      changed(entries, 40, ({ decision, ...entry }) => {
        const ceiling = decision.costCeilingJoules! * factor;
        return { ...entry, node, decision: { ...decision, costCeilingJoules: ceiling } };
      });
    const own = process.versions.node;
    const other = '99.0.0';
    expect(verify(nudged(own, 1 + 1e-12)).first).toMatchObject({ field: 'costCeilingJoules' });
    expect(verify(nudged(other, 1 + 1e-12)).first).toBeNull();
    expect(verify(nudged(other, 1 + 1e-4)).first).toMatchObject({ field: 'costCeilingJoules' });
  });
});

describe('verifyWeighings', () => {
  const timersOf = (version: string) =>
    files.filter((name) => name.startsWith(join(version, 'carbonTimer'))).toSorted();

  it('weighs again what every timer of the corpus weighed, from what its host knew', async () => {
    const timers = timersOf('v0.3');
    expect(timers.length).toBeGreaterThanOrEqual(2);
    let weighed = 0;
    for (const name of timers) {
      const verified = await verifyWeighings(historyIn(name), decode);
      expect({ name, ...verified }).toMatchObject({ name, diverged: 0, first: null });
      weighed += verified.decisions;
    }
    expect(weighed).toBeGreaterThan(20);
  });

  it('counts none of version 0.2, which did not write down what it was made from', async () => {
    for (const name of timersOf('v0.2'))
      expect(await verifyWeighings(historyIn(name), decode)).toMatchObject({ decisions: 0, diverged: 0 });
    expect(timersOf('v0.2').length).toBeGreaterThan(0);
  });

  it('finds an η that was recorded otherwise, by slot, run and instant', async () => {
    const history = JSON.parse(readFileSync(join(corpus, timersOf('v0.3')[0]!), 'utf8'));
    const results = history.events.flatMap(
      (event: { markerRecordedEventAttributes?: { details: { result?: { payloads: { data: string }[] } } } }) =>
        event.markerRecordedEventAttributes?.details.result?.payloads ?? [],
    );
    const textOf = ({ data }: { data: string }) => Buffer.from(data, 'base64').toString();
    const weighed = results.filter((payload: { data: string }) => textOf(payload).includes('"weighed"'));
    const { context } = JSON.parse(textOf(weighed[2])).knew;
    weighed[2].data = Buffer.from(textOf(weighed[2]).replace(/"eta":[0-9.]+/, '"eta":0.123')).toString('base64');
    const { diverged, first } = await verifyWeighings(historyFromJSON(history), decode);
    expect(diverged).toBe(1);
    expect(first).toMatchObject({
      slot: '2021-07-01T01:00:00Z',
      attempt: 1,
      at: context.at,
      field: 'eta',
      recorded: 0.123,
    });
  });
});

describe('firstDifference', () => {
  it('names the path to it, and takes what is undefined for absent', () => {
    expect(firstDifference({ a: [{ b: 1 }, { b: 2 }] }, { a: [{ b: 1 }, { b: 3 }] }, 'exact')).toEqual({
      field: 'a.1.b',
      recorded: 2,
      now: 3,
    });
    expect(firstDifference({ a: 1 }, { a: 1, b: undefined }, 'exact')).toBeUndefined();
    expect(firstDifference({}, { b: 0 }, 'close')).toEqual({ field: 'b', recorded: null, now: 0 });
  });

  it('lets numerals in a text differ by one unit of their last digit, if at all, and words never', () => {
    const close = (one: string, other: string) => firstDifference(one, other, 'close') === undefined;
    expect(close('saves 12.3 % in 4 runs', 'saves 12.4 % in 4 runs')).toBe(true);
    expect(close('saves 12.3 % in 4 runs', 'saves 12.5 % in 4 runs')).toBe(false);
    expect(close('saves 12.3 % in 4 runs', 'saves 12.3 % in 5 runs')).toBe(false);
    expect(close('the incumbent', 'another size')).toBe(false);
    expect(firstDifference('12.3', '12.4', 'exact')).toBeDefined();
  });
});

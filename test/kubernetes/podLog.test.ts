import { Readable } from 'node:stream';
import { PodLog } from '../../activities/training/kubernetes/podLog';

const at = (nanos: number) => `2026-01-01T00:00:00.${String(nanos).padStart(9, '0')}Z`;
const lines = (...all: readonly [number, string][]) =>
  Readable.from(all.map(([nanos, text]) => `${at(nanos)} ${text}\n`));

function open() {
  const heard: string[] = [];
  return { heard, log: new PodLog(({ text }) => void heard.push(text)) };
}

describe('PodLog', () => {
  it('hears reports, and keeps what else was printed for last words', async () => {
    const { heard, log } = open();
    await log.read(lines([1, 'loading'], [2, '{"type":"epoch","epoch":1,"metric":0}'], [3, '{"loss": 3}']));
    expect(heard).toEqual(['{"type":"epoch","epoch":1,"metric":0}']);
    expect(log.lastWords).toBe('loading\n{"loss": 3}');
  });

  it('finds a report behind a progress bar that did not end its line', async () => {
    const { heard, log } = open();
    await log.read(lines([1, ' 12%|█▏        | 12/100{ "type": "progress", "epochs": 1 }']));
    expect(heard).toEqual(['{ "type": "progress", "epochs": 1 }']);
  });

  it('hears each line once when it is read again, and goes on from the last', async () => {
    const { heard, log } = open();
    await log.read(lines([5, '{"type":"a"}'], [10, '{"type":"b"}']));
    expect(log.since).toBe(at(10));
    await log.read(lines([5, '{"type":"a"}'], [10, '{"type":"b"}'], [100, '{"type":"c"}']));
    expect(heard).toEqual(['{"type":"a"}', '{"type":"b"}', '{"type":"c"}']);
  });

  it('survives a connection that breaks', async () => {
    const { heard, log } = open();
    const broken = new Readable({ read() {} });
    broken.push(`${at(1)} {"type":"a"}\n`);
    broken.destroy(new Error('reset'));
    await log.read(broken);
    await log.read(lines([1, '{"type":"a"}']));
    expect(heard.at(-1)).toBe('{"type":"a"}');
  });
});

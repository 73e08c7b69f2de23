import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentBootId } from '../../activities/gpu/lease/host';
import { journalPath } from '../../activities/gpu/lease/journal';
import { isAlarming, sayRestored } from '../../activities/gpu/lease/outcome';
import { listLeases, recoverAll } from '../../activities/gpu/lease/recover';
import { LeaseBench } from './leaseBench';

let bench: LeaseBench;
beforeEach(() => {
  bench = new LeaseBench();
});

describe('recoverAll', () => {
  const journal = {
    version: 1,
    uuid: 'GPU-0',
    originalWatts: 300,
    oursWatts: [200],
    pid: 1,
    pidStartedAt: '1',
    at: '2026-01-01T00:00:00.000Z',
    runId: 'dead',
  };

  async function leaveJournal(text: string | object) {
    const given =
      typeof text === 'string' ? text : JSON.stringify({ ...journal, bootId: await currentBootId(), ...text });
    writeFileSync(journalPath(bench.directory, 'GPU-0'), given);
  }

  it('puts back what a dead holder left', async () => {
    await leaveJournal({});
    bench.gpus.move('GPU-0', 200);
    expect(await recoverAll(bench.directory, bench.gpus.driver)).toEqual([
      { kind: 'restored', uuid: 'GPU-0', watts: 300, fromWatts: 200 },
    ]);
    bench.expectAllBack();
  });

  it('leaves the leases of the living alone', async () => {
    await bench.hold(async (lease) => {
      await lease.setPowerLimit(200);
      expect(await recoverAll(bench.directory, bench.gpus.driver)).toEqual([]);
      expect(bench.limits()).toEqual([200, 200]);
    });
    bench.expectAllBack();
  });

  it('has nothing to do twice, nor without a directory', async () => {
    await leaveJournal({});
    expect(await recoverAll(bench.directory, bench.gpus.driver)).toEqual([
      { kind: 'already', uuid: 'GPU-0', watts: 300 },
    ]);
    expect(await recoverAll(bench.directory, bench.gpus.driver)).toEqual([]);
    expect(await recoverAll(join(bench.directory, 'nowhere'), bench.gpus.driver)).toEqual([]);
  });

  it('drops the journal of another boot', async () => {
    await leaveJournal({ bootId: 'another' });
    bench.gpus.move('GPU-0', 200);
    expect(await recoverAll(bench.directory, bench.gpus.driver)).toEqual([{ kind: 'rebooted', uuid: 'GPU-0' }]);
    expect(bench.limits()[0]).toBe(200);
    expect(bench.journals()).toEqual([]);
  });

  it.each([
    ['torn', '{"version":1,"uuid":"GPU-0","originalWa'],
    ['empty', ''],
    ['of another GPU', { uuid: 'GPU-1' }],
    ['without the prior limit', { originalWatts: null }],
    ['of another version', { version: 2 }],
  ])('guesses nothing from a journal that is %s', async (_, text) => {
    await leaveJournal(text);
    bench.gpus.move('GPU-0', 200);
    const path = join(bench.directory, 'GPU-0.bad');
    expect(await recoverAll(bench.directory, bench.gpus.driver)).toEqual([{ kind: 'bad', uuid: 'GPU-0', path }]);
    expect(bench.limits()[0]).toBe(200);
    expect(bench.journals()).toEqual(['GPU-0.bad']);
  });

  it('keeps the journal of a GPU that this host does not show', async () => {
    await leaveJournal({});
    bench.gpus.lose('GPU-0');
    const [outcome] = await recoverAll(bench.directory, bench.gpus.driver);
    expect(outcome).toMatchObject({ kind: 'kept', reason: 'GPU GPU-0 is lost' });
    expect(isAlarming(outcome!)).toBe(true);
    expect(sayRestored(outcome!)).toBe('Cannot put back the power limit of GPU GPU-0 yet: GPU GPU-0 is lost');
    expect(bench.journals()).toEqual(['GPU-0.json']);
  });

  it('is the first thing the next lease does', async () => {
    await leaveJournal({});
    bench.gpus.move('GPU-0', 200);
    await bench.hold(async (lease) => {
      expect(bench.limits()[0]).toBe(300);
      await lease.setPowerLimit(150);
    });
    expect(bench.kinds()).toEqual(['restored', 'restored', 'restored']);
    const debt = { gpuUuid: 'GPU-0', setWatts: [], outcome: 'restored', watts: 300, debt: true };
    expect(bench.recorded).toEqual([debt, expect.anything(), expect.anything()]);
    bench.expectAllBack();
  });
});

describe('listLeases', () => {
  it('shows who holds what since when, and what the dead left', async () => {
    expect(await listLeases(join(bench.directory, 'nowhere'))).toEqual([]);
    await bench.hold(async (lease) => {
      expect(await listLeases(bench.directory)).toMatchObject([
        { uuid: 'GPU-0', held: true, holder: { runId: 'run-1' }, originalWatts: undefined, oursWatts: [] },
        { uuid: 'GPU-1', held: true },
      ]);
      await lease.setPowerLimit(200);
      const holder = expect.objectContaining({ pid: process.pid, runId: 'run-1', at: expect.stringMatching(/Z$/) });
      expect(await listLeases(bench.directory)).toEqual([
        { uuid: 'GPU-0', held: true, holder, originalWatts: 300, oursWatts: [200] },
        { uuid: 'GPU-1', held: true, holder, originalWatts: 280, oursWatts: [200] },
      ]);
    });
    expect(await listLeases(bench.directory)).toEqual([]);
    writeFileSync(journalPath(bench.directory, 'GPU-1'), 'torn');
    expect(await listLeases(bench.directory)).toMatchObject([{ uuid: 'GPU-1', held: false, originalWatts: undefined }]);
  });
});

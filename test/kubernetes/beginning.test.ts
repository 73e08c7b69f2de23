import { createSimulatedGpus } from '../../activities/gpu/simulated';
import { beginningFrom, readCounters, spentSince } from '../../activities/training/beginning';

const gpus = createSimulatedGpus({ model: 'v100', count: 2, powerLimitsWatts: [100] });
const uuids = ['SIM-v100-0', 'SIM-v100-1'];
const at = '2026-01-01T00:00:00.000Z';

describe('spentSince', () => {
  it('adds up what the counters of all GPUs grew by, and tells how long ago it began', async () => {
    const joules = await readCounters(gpus, uuids);
    gpus.draw('SIM-v100-0', 30);
    gpus.draw('SIM-v100-1', 12);
    const before = Date.now();
    const spent = await spentSince({ at, joules }, await readCounters(gpus, uuids), gpus);
    expect(spent?.joules).toBe(42);
    expect(Date.parse(at) + spent!.seconds * 1000).toBeGreaterThanOrEqual(before);
  });

  it('is unknown of a counter that began anew, is missing, or lived in the worker that died', async () => {
    const now = await readCounters(gpus, uuids);
    expect(await spentSince({ at, joules: { ...now, 'SIM-v100-1': 1e9 } }, now, gpus)).toBeUndefined();
    expect(await spentSince({ at, joules: { 'SIM-v100-0': 0 } }, now, gpus)).toBeUndefined();
    const sampled = {
      ...gpus,
      list: async () => (await gpus.list()).map((gpu) => ({ ...gpu, energy: 'sampled' as const })),
    };
    expect(await spentSince({ at, joules: now }, now, sampled)).toBeUndefined();
  });
});

describe('beginningFrom', () => {
  it('reads what a start wrote, and nothing else', () => {
    expect(beginningFrom(JSON.stringify({ at, joules: { a: 1 } }))).toEqual({ at, joules: { a: 1 } });
    for (const text of [undefined, '', '{', '{"at":"now","joules":{}}', `{"at":"${at}"}`])
      expect(beginningFrom(text)).toBeUndefined();
  });
});

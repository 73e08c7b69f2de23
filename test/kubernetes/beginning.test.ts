import { createSimulatedGpus } from '../../activities/gpu/simulated';
import { beginningFrom, joulesSince, readCounters } from '../../activities/training/kubernetes/beginning';

const gpus = createSimulatedGpus({ model: 'v100', count: 2, powerLimitsWatts: [100] });
const uuids = ['SIM-v100-0', 'SIM-v100-1'];
const at = '2026-01-01T00:00:00.000Z';

describe('joulesSince', () => {
  it('adds up what the counters of all GPUs grew by', async () => {
    const joules = await readCounters(gpus, uuids);
    gpus.draw('SIM-v100-0', 30);
    gpus.draw('SIM-v100-1', 12);
    expect(await joulesSince({ at, joules }, await readCounters(gpus, uuids), gpus)).toBe(42);
  });

  it('is unknown of a counter that began anew, is missing, or lived in the worker that died', async () => {
    const now = await readCounters(gpus, uuids);
    expect(await joulesSince({ at, joules: { ...now, 'SIM-v100-1': 1e9 } }, now, gpus)).toBeUndefined();
    expect(await joulesSince({ at, joules: { 'SIM-v100-0': 0 } }, now, gpus)).toBeUndefined();
    const sampled = {
      ...gpus,
      list: async () => (await gpus.list()).map((gpu) => ({ ...gpu, energy: 'sampled' as const })),
    };
    expect(await joulesSince({ at, joules: now }, now, sampled)).toBeUndefined();
  });
});

describe('beginningFrom', () => {
  it('reads what a start wrote, and nothing else', () => {
    expect(beginningFrom(JSON.stringify({ at, joules: { a: 1 } }))).toEqual({ at, joules: { a: 1 } });
    for (const text of [undefined, '', '{', '{"at":"now","joules":{}}', `{"at":"${at}"}`])
      expect(beginningFrom(text)).toBeUndefined();
  });
});

import { Script, createContext } from 'node:vm';
import { unguarded } from '../../worker/replay/unguarded';

/** Longer than the watchdog allows. */
const busy = new Script('for (const end = Date.now() + 50; Date.now() < end;); "done"');
const call = () => String(busy.runInContext(createContext({}), { timeout: 1 }));

async function* calls(): AsyncIterable<string> {
  yield call();
}

describe('unguarded', () => {
  it('lets calls take their time while it is iterated over, and no longer', async () => {
    expect(call).toThrow(/timed out/);
    for await (const answer of unguarded(calls())) expect(answer).toBe('done');
    expect(call).toThrow(/timed out/);
  });

  it('ends with an iteration that fails', async () => {
    const failing = (async function* () {
      yield call();
      throw new Error('broken off');
    })();
    const iteration = (async () => {
      for await (const answer of unguarded(failing)) expect(answer).toBe('done');
    })();
    await expect(iteration).rejects.toThrow('broken off');
    expect(call).toThrow(/timed out/);
  });
});

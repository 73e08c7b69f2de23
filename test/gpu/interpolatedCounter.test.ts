import { createInterpolatedCounter, interpolate } from '../../activities/gpu/interpolatedCounter';

describe('interpolate', () => {
  const ticks = [
    { atSeconds: 1, joules: 100 },
    { atSeconds: 2, joules: 300 },
    { atSeconds: 4, joules: 400 },
  ];
  it.each([
    [0.5, undefined],
    [1, 100],
    [1.25, 150],
    [2, 300],
    [3, 350],
    [9, 400],
  ])('at %f s is %p J', (seconds, joules) => {
    expect(interpolate(ticks, seconds)).toBe(joules);
  });
});

describe('createInterpolatedCounter', () => {
  beforeEach(() => jest.useFakeTimers({ now: 0 }));
  afterEach(() => jest.useRealTimers());

  const now = () => performance.now() / 1000;
  /** 300 W through a counter that moves every 100 ms, 37 ms after the full tenth. */
  const stepped = async () => 30 * Math.floor((now() - 0.037) * 10);

  it('measures half-second windows to 5 %, where plain reads are off by up to 20 %', async () => {
    const counter = createInterpolatedCounter(stepped);
    await jest.advanceTimersByTimeAsync(500);
    const errors: number[] = [];
    for (let i = 1; i <= 40; i++) {
      const from = now() + i * 0.0513;
      const both = Promise.all([counter.joulesAt(from), counter.joulesAt(from + 0.5)]);
      await jest.advanceTimersByTimeAsync(4000);
      const [before, after] = await both;
      errors.push(Math.abs(after - before - 150) / 150);
    }
    counter.stop();
    expect(Math.max(...errors)).toBeLessThan(0.055);
  });

  it('takes the value of a counter that stands still as it is', async () => {
    const counter = createInterpolatedCounter(async () => 42);
    await jest.advanceTimersByTimeAsync(100);
    const joules = counter.joulesAt(now() + 1);
    await jest.advanceTimersByTimeAsync(3000);
    expect(await joules).toBe(42);
    counter.stop();
  });

  it('fails as the counter does, and goes on after it', async () => {
    let broken = true;
    const counter = createInterpolatedCounter(async () => {
      if (broken) throw new Error('Cannot read the energy of GPU a: it is lost.');
      return stepped();
    });
    const failed = expect(counter.joulesAt(now())).rejects.toThrow('GPU a');
    await jest.advanceTimersByTimeAsync(100);
    await failed;
    broken = false;
    await jest.advanceTimersByTimeAsync(300);
    const joules = counter.joulesAt(now());
    await jest.advanceTimersByTimeAsync(300);
    expect(await joules).toBeGreaterThan(0);
    counter.stop();
  });

  it('starts again with a counter that was reset', async () => {
    let offset = 1000;
    const counter = createInterpolatedCounter(async () => offset + (await stepped()));
    await jest.advanceTimersByTimeAsync(500);
    offset = 0;
    await jest.advanceTimersByTimeAsync(500);
    const joules = counter.joulesAt(now());
    await jest.advanceTimersByTimeAsync(300);
    expect(await joules).toBeLessThan(300.1);
    counter.stop();
  });
});

import type { TrainingEvent } from '../../activities/training/trainer';
import { eventsUntil, failureOf, startAnimal } from './processBench';

const quick = { grace: 1, silence: 10 };
const epochs = (events: readonly TrainingEvent[]) => events.filter((event) => event.kind === 'epoch');

async function failure(animal: string) {
  const { run } = await startAnimal(animal, quick);
  const failed = await failureOf(run);
  await run.stop();
  return failed;
}

describe('report lines', () => {
  it('that make no sense are counted and the first is quoted', async () => {
    const failed = await failure('hostile');
    expect(epochs(failed.events).map(({ epoch, metric }) => [epoch, metric])).toEqual([
      [1, 0.001],
      [2, 0.002],
    ]);
    expect(failed.detail).toMatch(/18 report lines made no sense, the first: not json$/);
  });

  it('that come twice or out of order count once', async () => {
    const failed = await failure('repeats');
    expect(epochs(failed.events).map(({ metric }) => metric)).toEqual([0.001, 0.002, 0.003]);
    expect(failed.detail).toMatch(/3 report lines/);
  });

  it.each([
    ['notANumber', NaN],
    ['infinite', -Infinity],
  ])('%s: the metric arrives as %p', async (animal, metric) => {
    const failed = await failure(animal);
    expect(epochs(failed.events).map((event) => event.metric)).toEqual([metric]);
  });

  it.each(['reachesAndCrashes', 'unfinishedLine', 'oneByteAtATime'])(
    '%s: the epoch arrives before anything else is said of the run',
    async (animal) => {
      const { run } = await startAnimal(animal, { ...quick, grace: 0 });
      expect(await run.next()).toMatchObject({ kind: 'progress', epochs: 1 });
      expect(await run.next()).toMatchObject({ kind: 'epoch', epoch: 1, metric: 0.95 });
      await run.stop();
    },
  );
});

describe('a trainer behind a launcher', () => {
  it('reports and is probed through the socket', async () => {
    const { run, left } = await startAnimal('launches', { ...quick, grace: 10 });
    const before = await eventsUntil(run, ({ kind }) => kind === 'epoch');
    expect(before.at(-1)).toMatchObject({ epoch: 1, metric: 0.5 });
    expect(await run.probe!(16)).toMatchObject({ kind: 'timed', secondsPerEpoch: 2 });
    const failed = await failureOf(run);
    expect(epochs(failed.events)).toMatchObject([{ epoch: 2, metric: 0.6 }]);
    expect(failed.detail).toMatch(/code 4/);
    await run.stop();
    expect(await left()).toEqual([]);
  });
});

describe('probe', () => {
  const ready = async (animal: string, section: Record<string, unknown> = quick) => {
    const { run } = await startAnimal(animal, section);
    await run.next();
    return run;
  };

  it('is absent where the trainer cannot', async () => {
    const run = await ready('tame');
    expect(run.probe).toBeUndefined();
    await run.stop();
  });

  it('times another batch size by the trainer’s word and our clock', async () => {
    const run = await ready('probes');
    const probe = await run.probe!(16);
    expect(probe).toMatchObject({ kind: 'timed', secondsPerEpoch: 4, seconds: expect.any(Number) });
    await run.stop();
  });

  it('says out of memory whether the trainer survives it or not', async () => {
    for (const animal of ['probesWithoutMemory', 'diesInProbe']) {
      const run = await ready(animal);
      expect(await run.probe!(64)).toMatchObject({ kind: 'outOfMemory' });
      await run.stop();
    }
  });

  it('does not blame the size that trains for memory that a probe lacked', async () => {
    const run = await ready('diesInProbe');
    await run.probe!(64);
    const { failure: kind, detail } = await failureOf(run);
    expect(kind).toBe('infrastructure');
    expect(detail).toMatch(/^while batch size 64 was probed/);
    await run.stop();
  });

  it('that is never answered is a hang', async () => {
    const run = await ready('neverAnswers', { grace: 0, silence: 0.3 });
    expect(await run.probe!(64)).toEqual({ kind: 'ended' });
    expect((await failureOf(run)).detail).toMatch(/batch size 64 was probed, the trainer hangs/);
    await run.stop();
  });
});

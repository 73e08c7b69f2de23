import { eventsUntil, failureOf, startAnimal } from './processBench';

const quick = { grace: 1, silence: 10 };

async function failure(animal: string, section: Record<string, unknown> = quick) {
  const { run, left } = await startAnimal(animal, section);
  const failed = await failureOf(run);
  await run.stop();
  expect(await left()).toEqual([]);
  return failed;
}

describe('a trainer that ends', () => {
  it.each([
    ['exit1', 'infrastructure', /code 1; it said last: ValueError: the data set is empty$/],
    ['segfault', 'infrastructure', /SIGSEGV/],
    ['terminated', 'preempted', /SIGTERM from outside/],
    ['code137', 'preempted', /SIGKILL from outside/],
    ['outOfMemory-torch', 'outOfMemory', /CUDA out of memory/],
    ['outOfMemory-python', 'outOfMemory', /SIGKILL.*MemoryError/],
    ['outOfMemory-jax', 'outOfMemory', /RESOURCE_EXHAUSTED/],
    ['content', 'diverged', /after epoch 2, before the target/],
    ['idle', 'infrastructure', /without reporting an epoch; it said last: nothing to do/],
    ['overshoots', 'diverged', /epoch 1000000000, beyond the 100/],
    ['says', 'outOfMemory', /^no room for the optimizer$/],
  ])('%s: is %s', async (animal, kind, detail) => {
    const failed = await failure(animal);
    expect(failed.failure).toBe(kind);
    expect(failed.detail).toMatch(detail);
    expect(failed.detail.length).toBeLessThan(500);
  });

  it('killed from outside is preempted', async () => {
    const { run, left } = await startAnimal('tame', quick);
    await run.next();
    const [listed] = await left();
    process.kill(Number(listed!.trim().split(/\s+/)[1]), 'SIGKILL');
    expect(await failureOf(run)).toMatchObject({ failure: 'preempted' });
    await run.stop();
  });

  it('leaves no child behind, not even one that left its group', async () => {
    const failed = await failure('forks');
    expect(failed.failure).toBe('infrastructure');
  });

  it('tells the end to everyone who asks again', async () => {
    const { run } = await startAnimal('exit1', quick);
    const first = await failureOf(run);
    expect(await failureOf(run)).toEqual({ ...first, events: [] });
    await run.stop();
  });
});

describe('a trainer that does not end', () => {
  it.each([['forksAndStays'], ['stubborn'], ['saves']])('%s: stops with every child', async (animal) => {
    const { run, left } = await startAnimal(animal, quick);
    await run.next();
    expect(await left()).not.toEqual([]);
    await run.stop();
    expect(await left()).toEqual([]);
    expect(await run.next()).toMatchObject({ kind: expect.stringMatching(/progress|epoch|failed/) });
  });

  it('silent for too long hangs', async () => {
    const failed = await failure('silent', { grace: 1, silence: 0.3 });
    expect(failed).toMatchObject({ failure: 'infrastructure', detail: expect.stringContaining('nothing for 0.3 s') });
  });

  it.each(['closesDescriptor', 'closesAll'])('%s: is a failure after the grace time', async (animal) => {
    const failed = await failure(animal, { grace: 0.3, silence: 60 });
    expect(failed).toMatchObject({ failure: 'infrastructure', detail: expect.stringContaining('closed its report') });
  });

  it('alive without synchronised progress does not hang, and makes no event', async () => {
    const { run } = await startAnimal('unsynced', { grace: 0, silence: 0.6 });
    const events = await eventsUntil(run, ({ kind }) => kind === 'epoch');
    await run.stop();
    expect(events.map(({ kind }) => kind)).toEqual(['progress', 'epoch']);
  });

  it('flooding its reports is heard when it makes sense again', async () => {
    const { run } = await startAnimal('floodsReports', quick);
    expect(await run.next()).toMatchObject({ kind: 'progress', epochs: 0.25 });
    await run.stop();
  });

  it('printing 100 MB costs no memory and is read to the end', async () => {
    const { run } = await startAnimal('floods', quick);
    const before = process.memoryUsage().rss;
    await run.next();
    expect(process.memoryUsage().rss - before).toBeLessThan(120 * 2 ** 20);
    await run.stop();
  });
});

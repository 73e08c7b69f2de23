/** What every trainer promises. An adapter's test calls this with a way to make one, and a job that it can train. */
import type { Trainer, TrainingEvent, TrainingRun } from '../../activities/training/trainer';
import type { JobSpec } from '../../workflows/contracts';

export interface TrainerBench {
  readonly trainer: Trainer;
  readonly spec: JobSpec;
  readonly gpuUuids: readonly string[];
}

async function eventsOf(run: TrainingRun, until: (event: TrainingEvent) => boolean): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = [];
  for (;;) {
    const event = await run.next();
    events.push(event);
    if (until(event)) return events;
  }
}

export function describeTrainer(name: string, create: () => Promise<TrainerBench>): void {
  describe(`the trainer port, by ${name}`, () => {
    const start = async (id: string, batchSize?: number) => {
      const { trainer, spec, gpuUuids } = await create();
      return trainer.start({ id, spec, batchSize: batchSize ?? spec.defaultBatchSize, gpuUuids });
    };
    const thirdEpoch = (event: TrainingEvent) => event.kind === 'epoch' && event.epoch === 3;

    it('names its kind as job files do', async () => {
      const { trainer, spec } = await create();
      expect(trainer.kind).toBe(spec.trainer.kind);
    });

    it('reports every epoch once and in order, in time that never goes back', async () => {
      const run = await start('a');
      const events = await eventsOf(run, thirdEpoch);
      await run.stop();
      expect(events.filter(({ kind }) => kind === 'epoch').map((event) => 'epoch' in event && event.epoch)).toEqual([
        1, 2, 3,
      ]);
      const times = events.map(({ atSeconds }) => atSeconds);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(times.at(-1)).toBeGreaterThan(0);
    });

    it('reports progress several times an epoch, never more than was evaluated', async () => {
      const run = await start('b');
      const events = await eventsOf(run, thirdEpoch);
      await run.stop();
      const progress = events.filter((event) => event.kind === 'progress');
      expect(progress.length).toBeGreaterThanOrEqual(9);
      expect(Math.max(...progress.map(({ epochs }) => epochs))).toBe(3);
      expect(progress[0]!.epochs).toBeGreaterThan(0);
      progress.slice(1).forEach(({ epochs }, i) => expect(epochs).toBeGreaterThanOrEqual(progress[i]!.epochs));
    });

    it('reports the metric of every epoch as a number', async () => {
      const run = await start('metric');
      const events = await eventsOf(run, thirdEpoch);
      await run.stop();
      for (const event of events) if (event.kind === 'epoch') expect(Number.isFinite(event.metric)).toBe(true);
    });

    it('counts the time of a probe as the run’s, if it can probe', async () => {
      const { trainer, spec, gpuUuids } = await create();
      const run = await trainer.start({ id: 'probe', spec, batchSize: spec.defaultBatchSize, gpuUuids });
      const before = await run.next();
      const probe = await run.probe?.(Math.min(...spec.batchSizes));
      const after = await run.next();
      await run.stop();
      if (probe === undefined || probe.kind === 'ended') return;
      expect(after.atSeconds).toBeGreaterThanOrEqual(before.atSeconds + probe.seconds);
      expect(probe.seconds).toBeGreaterThan(0);
      if (probe.kind === 'timed') expect(probe.secondsPerEpoch).toBeGreaterThan(0);
    });

    it('can be stopped, twice too', async () => {
      const run = await start('c');
      await run.next();
      await run.stop();
      await run.stop();
    });

    it('leaves nobody waiting for an event when it is stopped', async () => {
      const run = await start('waiting');
      const waiting = run.next().then(
        () => 'answered',
        () => 'answered',
      );
      await run.stop();
      expect(await waiting).toBe('answered');
    });

    it('refuses a batch size that it cannot train, by name', async () => {
      await expect(start('d', 7)).rejects.toThrow('7');
    });
  });
}

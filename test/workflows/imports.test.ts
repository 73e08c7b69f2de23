import fc from 'fast-check';
import { ApplicationFailure } from '@temporalio/common';
import type { Observation } from '../../policy/facts';
import { type ImportRequest, importLimits } from '../../workflows/messages';
import { sortImports } from '../../workflows/imports';
import { checkTell } from '../../workflows/wellFormed';
import { checkImport, checkRoom } from '../../workflows/wellFormedImport';
import { type Bench, onBench } from '../support/bench';
import { jobSpec, observation } from '../support/job';

const spec = jobSpec();
const imported = { from: 'csv', weight: 1 };
const elsewhere = (n: number, changes: Partial<Observation> = {}) =>
  observation({ id: `import/${n}`, slot: `import/${n}`, imported, ...changes });
const request = (...observations: readonly unknown[]) => ({ observations });

describe('sortImports', () => {
  it('takes each observation once, whether it came before or twice in one message', () => {
    const { fresh, answer } = sortImports(
      [0, 1, 1, 2].map((n) => elsewhere(n)),
      ['import/0'],
      spec,
    );
    expect(fresh.map(({ id }) => id)).toEqual(['import/1', 'import/2']);
    expect(answer).toEqual({ taken: 2, known: 2, refused: [] });
  });

  it('sets aside what cannot be true, but not that epochs are unknown', () => {
    const unknown = { ...imported, unknown: ['epochs'] as const };
    const { fresh, answer } = sortImports(
      [elsewhere(1, { epochs: 0 }), elsewhere(2, { epochs: 0, imported: unknown }), elsewhere(3, { batchSize: 3 })],
      [],
      spec,
    );
    expect(fresh.map(({ id }) => id)).toEqual(['import/2']);
    expect(answer.refused).toEqual([
      { id: 'import/1', why: expect.stringContaining('a converged run needs epochs') },
      { id: 'import/3', why: expect.stringContaining("is not one of the job's") },
    ]);
  });
});

describe('checkImport', () => {
  it('lets observations pass that say where they come from', () => {
    expect(() => checkImport(request())).not.toThrow();
    expect(() => checkImport(request(elsewhere(1), elsewhere(2)))).not.toThrow();
  });

  it.each([
    ['nothing', null, /must be an object/],
    ['no list', { observations: {} }, /a list of at most 500 observations/],
    ['too many', request(...Array.from({ length: 501 }, (_, n) => elsewhere(n))), /at most 500/],
    ['one without an origin', request(observation()), /imported must be where it comes from/],
    ['a weight of 0', request(elsewhere(1, { imported: { ...imported, weight: 0 } })), /a weight above 0/],
    ['a weight of 2', request(elsewhere(1, { imported: { ...imported, weight: 2 } })), /at most 1/],
    [
      'an unknown unknown',
      request({ ...elsewhere(1), imported: { ...imported, unknown: ['joules'] } }),
      /what is unknown/,
    ],
    ['a model that every object has', request(elsewhere(1, { gpuModel: '__proto__' })), /name of a GPU model/],
    ['an outcome that nobody knows', request({ ...elsewhere(1), outcome: 'exploded' }), /outcome must be one of/],
    ['an empty id', request(elsewhere(1, { id: '' })), /id must be 1 to 100 characters/],
    [
      'half a megabyte',
      request(...Array.from({ length: 60 }, (_, n) => ({ ...elsewhere(n), more: 'x'.repeat(9000) }))),
      /at most 524288/,
    ],
  ])('refuses %s', (_what, message, why) => {
    expect(() => checkImport(message)).toThrow(why);
  });

  it('refuses by an application failure whatever comes: any other error would be a stuck workflow', () => {
    const fields = fc.constantFrom(...Object.keys(elsewhere(1)), '__proto__');
    const anyMessage = fc.oneof(
      fc.jsonValue(),
      fc
        .tuple(fields, fc.jsonValue())
        .map(([field, value]): unknown => JSON.parse(JSON.stringify(request({ ...elsewhere(1), [field]: value })))),
    );
    const accepts = (message: unknown): message is ImportRequest => {
      try {
        checkImport(message);
        return true;
      } catch (error) {
        expect(error).toBeInstanceOf(ApplicationFailure);
        return false;
      }
    };
    fc.assert(
      fc.property(anyMessage, (message) => {
        if (accepts(message)) sortImports(message.observations, [], spec);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses more than a job can remember to have imported', () => {
    const held = Array.from({ length: importLimits.perJob }, (_, n) => `import/${n}`);
    expect(() => checkRoom(held, [elsewhere(0)])).not.toThrow();
    expect(() => checkRoom(held, [elsewhere(importLimits.perJob)])).toThrow(/5000 were imported/);
  });
});

describe('checkTell', () => {
  it('refuses that a run of this job claims to be imported, with a weight of its own', () => {
    expect(() => checkTell({ ...observation(), imported })).toThrow(/imported must be left out/);
  });
});

describe('importFacts', () => {
  const runs = [
    elsewhere(1),
    elsewhere(2, { batchSize: 512, epochs: 30 }),
    elsewhere(3, { outcome: 'infrastructure' }),
  ];

  async function onJob(test: (bench: Bench) => Promise<void>): Promise<void> {
    await onBench({}, async (bench) => {
      await bench.jobs.create(jobSpec({ job: bench.job }), { paused: true });
      await test(bench);
      await bench.jobs.delete(bench.job);
    });
  }

  it('counts an observation once however often it is imported, and never as told', async () => {
    await onJob(async ({ jobs, job }) => {
      expect(await jobs.importFacts(job, runs)).toEqual({ taken: 3, known: 0, refused: [] });
      const { memory } = await jobs.facts(job);
      expect(memory).toMatchObject({ converged: { 512: { n: 1, epochs: 30 }, 1024: { n: 1, epochs: 40 } } });
      expect(await jobs.importFacts(job, runs)).toEqual({ taken: 0, known: 3, refused: [] });
      expect((await jobs.facts(job)).memory).toEqual(memory);
      const { totals, slots } = await jobs.ledger(job);
      expect(totals).toMatchObject({ imported: 3, told: 0, counted: 0, joules: 0 });
      expect(slots).toEqual([]);
    });
  });

  it('counts once what several import at the same time', async () => {
    await onJob(async ({ jobs, job }) => {
      const answers = await Promise.all([1, 2, 3, 4].map(() => jobs.importFacts(job, runs)));
      expect(answers.map(({ taken }) => taken).toSorted((a, b) => a - b)).toEqual([0, 0, 0, 3]);
      expect((await jobs.ledger(job)).totals.imported).toBe(3);
    });
  });

  it('knows after continue-as-new what it imported before', async () => {
    await onJob(async ({ jobs, job, bandit }) => {
      const first = (await bandit().describe()).runId;
      await jobs.importFacts(job, runs);
      // The test server suggests to continue as new after a few hundred events, as a real one does after thousands.
      for (let n = 10; (await bandit().describe()).runId === first; n++) await jobs.importFacts(job, [elsewhere(n)]);
      const before = (await jobs.ledger(job)).totals.imported!;
      expect(before).toBeGreaterThan(3);
      expect(await jobs.importFacts(job, runs)).toEqual({ taken: 0, known: 3, refused: [] });
      expect((await jobs.ledger(job)).totals.imported).toBe(before);
    });
  });

  it('sends more than one message can carry in several', async () => {
    await onJob(async ({ jobs, job }) => {
      const many = Array.from({ length: 1200 }, (_, n) => elsewhere(n));
      expect(await jobs.importFacts(job, many)).toEqual({ taken: 1200, known: 0, refused: [] });
      expect((await jobs.ledger(job)).totals.imported).toBe(1200);
    });
  });

  it('is refused by a job that nobody knows, and says so of a message that is none', async () => {
    await onJob(async ({ jobs, job, bandit }) => {
      await expect(jobs.importFacts('nobody', runs)).rejects.toMatchObject({ remedy: 'notFound' });
      const refusal = await jobs.importFacts(job, [observation()]).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ remedy: 'invalid' });
      expect(String(refusal)).toContain('imported must be where it comes from');
      const events = (await bandit().fetchHistory()).events ?? [];
      expect(events.some(({ workflowExecutionUpdateAcceptedEventAttributes: accepted }) => accepted)).toBe(false);
    });
  });
});

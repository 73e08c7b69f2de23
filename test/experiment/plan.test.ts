import fc from 'fast-check';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SweepInput, sweepSchema } from '../../simulation/sweep';
import { inputFor, planOf, readPlan } from '../../worker/experiment/plan';
import { headerOf } from '../../worker/experiment/result';
import { cut, partsOf } from '../../workflows/experimentMessages';

const sweepOf = (changes: Partial<SweepInput> = {}) =>
  sweepSchema.parse({ version: 1, name: 'test', policies: ['zeus'], gpus: ['v100'], ...changes });

describe('readPlan', () => {
  it('reads the example', async () => {
    const plan = await readPlan('examples/sweep.yaml');
    expect(plan.cells).toHaveLength(3 * 2 * 3 * 2 * 2 * 2);
    expect(plan.provenance.traces['summary_train.csv']).toMatch(/^[0-9a-f]{64}$/);
  });

  it('looks for recordings beside the file', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'wattbandit-'));
    const file = join(directory, 'sweep.yaml');
    await writeFile(file, 'version: 1\nname: x\npolicies: [zeus]\ntraces: recordings\n');
    await expect(readPlan(file)).rejects.toThrow(`there is no directory ${join(directory, 'recordings')}`);
  });
});

describe('inputFor', () => {
  it('calls an experiment after what its numbers depend on, and not after how it is played', () => {
    const idOf = (changes: Partial<SweepInput>, concurrency = 4) => inputFor(planOf(sweepOf(changes)), concurrency).id;
    expect(idOf({}, 4)).toBe(idOf({}, 16));
    const plan = planOf(sweepOf());
    const others = [
      idOf({ eta: [0.4] }),
      idOf({ seeds: 11 }),
      idOf({ policies: ['wattbandit'] }),
      inputFor({ ...plan, provenance: { ...plan.provenance, node: '1.0.0' } }, 4).id,
      inputFor({ ...plan, provenance: { ...plan.provenance, traces: {} } }, 4).id,
    ];
    expect(new Set([idOf({}), ...others]).size).toBe(6);
  });

  it('cuts so that no answer outgrows what Temporal carries, and a chunk is seconds', () => {
    const { cells, ...plan } = planOf(sweepOf());
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 30 }),
        (seeds, recurrences) => {
          const input = inputFor({ ...plan, cells, sweep: sweepOf({ seeds, recurrences }) }, 4);
          const { cellsPerChunk, chunksPerPart } = input;
          expect(cellsPerChunk * chunksPerPart * recurrences.length).toBeLessThanOrEqual(1500);
          const played = cellsPerChunk * seeds * Math.max(...recurrences);
          expect(cellsPerChunk === 1 || played <= 30_000).toBe(true);
        },
      ),
    );
  });

  it('cuts into parts that are all cells once, in order', () => {
    const input = inputFor(planOf(sweepOf({ eta: [0, 0.2, 0.5, 1], seeds: 50 })), 4);
    const parts = partsOf({ ...input, chunksPerPart: 3 });
    const chunks = parts.flatMap((part) => cut(part, input.cellsPerChunk));
    expect(parts.length).toBeGreaterThan(1);
    expect(chunks.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at))).toEqual(
      Array.from({ length: input.cells }, (_, cell) => cell),
    );
  });
});

describe('headerOf', () => {
  it('has every default filled in, the hashes, and no place', () => {
    const header = headerOf(planOf(sweepOf({ policies: ['zeus'] })), 'sweep.yaml');
    expect(header.sweep).toMatchObject({ eta: [0.5], scenarios: ['none'], seeds: 10, recurrences: [20, 100] });
    expect(Object.keys(header.traces)).toContain('summary_power_v100.csv');
    expect(JSON.stringify(header)).not.toContain(process.cwd());
  });

  it('names no recordings of made-up jobs', () => {
    expect(headerOf(planOf(sweepOf({ gpus: undefined, synthetic: 2 })), 'sweep.yaml').traces).toEqual({});
  });
});
